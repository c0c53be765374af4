extension FleetRegistry {
    /// Whether every live instance acknowledged `revision` or a newer one. Looks no further than the first that did not.
    public func isConverged(on revision: Int64, at moment: FleetMoment) -> Bool {
        self.instances.values.allSatisfy { instance in
            instance.isGone(at: moment.uptime, self.limits) || self.hasAcknowledged(instance, revision)
        }
    }

    /// How far a revision has got.
    public func convergence(on revision: Int64, at moment: FleetMoment) -> Convergence {
        var live = 0
        var acknowledged = 0
        var lastAfter: Duration?
        var laggards: [Instance] = []
        for instance in self.instances.values where !instance.isGone(at: moment.uptime, self.limits) {
            live += 1
            guard self.hasAcknowledged(instance, revision) else {
                laggards.append(instance)
                continue
            }
            acknowledged += 1
            guard let delay = self.delay(of: instance, for: revision) else { continue }
            lastAfter = max(lastAfter ?? delay, delay)
        }
        let named = laggards.sorted { $0.id < $1.id }.prefix(Convergence.laggardLimit)
        return Convergence(
            revision: revision, currentRevision: self.revision, instances: live, acknowledged: acknowledged,
            lastAfter: lastAfter, laggards: named.map { self.view(of: $0, at: moment) })
    }
}
