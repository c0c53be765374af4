internal import FlagModel

extension FleetRegistry {
    /// What is not stored as it is.
    public struct Unsaved: Sendable, Hashable {
        /// Live instances to be stored, over what is stored of them.
        public var stored: [StoredInstance] = []
        /// Instances that are gone: nobody waits for them after a restart.
        public var removed: [InstanceID] = []

        /// Whether all is stored.
        public var isEmpty: Bool { self.stored.isEmpty && self.removed.isEmpty }
    }

    /// What is to be stored: those that came, those that are gone, and once a minute when each was last heard of. An
    /// acknowledgement alone is no reason to write.
    public func unsaved(at moment: FleetMoment) -> Unsaved {
        var unsaved = Unsaved(removed: Array(self.orphans))
        for instance in self.instances.values {
            guard let owner = instance.owner else { continue }
            if instance.isGone(at: moment.uptime, self.limits) {
                if instance.savedLastSeen != nil { unsaved.removed.append(instance.id) }
                continue
            }
            if let saved = instance.savedLastSeen,
                abs(instance.lastSeen.milliseconds(since: saved)) < Self.saveInterval
            {
                continue
            }
            unsaved.stored.append(
                StoredInstance(
                    environment: self.environment, report: instance.report, owner: owner,
                    firstSeen: instance.firstSeen, lastSeen: instance.lastSeen))
        }
        return unsaved
    }

    /// That was stored.
    public mutating func markSaved(_ saved: Unsaved) {
        for stored in saved.stored { self.instances[stored.report.id]?.savedLastSeen = stored.lastSeen }
        for id in saved.removed {
            self.instances[id]?.savedLastSeen = nil
            self.orphans.remove(id)
        }
    }
}
