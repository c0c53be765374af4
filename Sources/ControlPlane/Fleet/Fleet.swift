public import FlagModel
internal import Synchronization

/// Who listens, in all environments, remembered over restarts.
///
/// ``FleetRegistry`` decides; this class holds one for each environment, tells them what is published, and keeps the
/// storage up to date when ``save()`` is called.
public final class Fleet: Sendable {
    private let plane: ControlPlane
    private let limits: FleetLimits
    private let moment: @Sendable () -> FleetMoment
    private let registries: Mutex<[EnvironmentName: FleetRegistry]>
    private let observers = Mutex<[@Sendable (EnvironmentName) -> Void]>([])

    /// The fleet of a control plane, with those that were live when the server stopped as stale.
    ///
    /// - Parameter moment: The clocks.
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    public init(
        plane: ControlPlane, limits: FleetLimits = FleetLimits(), moment: @escaping @Sendable () -> FleetMoment
    ) async throws(ControlPlaneError) {
        let remembered = try await plane.storage.read { state throws(ControlPlaneError) in try state.instances() }
        self.plane = plane
        self.limits = limits
        self.moment = moment
        let start = moment()
        let byEnvironment = Dictionary(grouping: remembered, by: \.environment)
        self.registries = Mutex(
            Dictionary(
                uniqueKeysWithValues: plane.environments.map { head in
                    let known = byEnvironment[head.name] ?? []
                    var registry = FleetRegistry(
                        environment: head.name, limits: limits, remembered: known, at: start)
                    registry.publish(head.revision, digest: head.snapshot.digest, at: nil)
                    return (head.name, registry)
                }))
        plane.observe { [weak self] head in self?.publish(head) }
    }

    /// Has `observer` called whenever an environment's fleet changed. It returns quickly and does not call back.
    public func observe(_ observer: @escaping @Sendable (EnvironmentName) -> Void) {
        self.observers.withLock { $0.append(observer) }
    }

    /// How long an instance may be quiet before it counts as stale.
    public var staleAfter: Duration { self.limits.staleAfter }

    /// How often the instances of an environment are to report their telemetry, in seconds: every second, and less often
    /// the more there are, so that all of them together report 500 times a second at most.
    public func telemetryInterval(in environment: EnvironmentName) -> Int64 {
        1 + Int64(self.look(at: environment) { $0.instances.count } / 500)
    }

    /// Whether an instance may use that id.
    ///
    /// - Throws: ``FleetError``.
    public func admit(_ id: InstanceID, owner: String, in environment: EnvironmentName) throws(FleetError) {
        let moment = self.moment()
        try self.change(environment) { registry throws(FleetError) in
            try registry.admit(id, owner: owner, at: moment)
        }
    }

    /// An instance said what it has.
    ///
    /// - Parameter owner: The access token that it presented; nil: it is the server itself.
    /// - Returns: How it stands to the revision in force.
    /// - Throws: ``FleetError``.
    public func report(
        _ report: FleetReport, owner: String?, in environment: EnvironmentName
    ) throws(FleetError) -> Instance.State {
        defer { self.announce(environment) }
        let moment = self.moment()
        return try self.change(environment) { registry throws(FleetError) in
            try registry.report(report, owner: owner, at: moment)
        }
    }

    /// Makes sure that the digest of an older revision is known, so that what an instance says of it can be checked.
    ///
    /// - Throws: ``ControlPlaneError``.
    public func lookUp(_ revision: Int64, in environment: EnvironmentName) async throws(ControlPlaneError) {
        guard !self.look(at: environment, { registry in registry.knowsDigest(of: revision) }) else { return }
        let page = try await self.plane.history(of: environment, before: revision + 1, limit: 1)
        guard let record = page.revisions.first, record.number == revision else { return }
        self.registries.withLock { $0[environment]?.learn(record.digest, of: revision) }
    }

    /// A stream of an instance was opened.
    ///
    /// - Throws: ``FleetError``.
    public func connect(_ id: InstanceID, owner: String, in environment: EnvironmentName) throws(FleetError) {
        defer { self.announce(environment) }
        let moment = self.moment()
        try self.change(environment) { registry throws(FleetError) in
            try registry.connect(id, owner: owner, at: moment)
        }
    }

    /// A stream of an instance ended.
    public func disconnect(_ id: InstanceID, in environment: EnvironmentName) {
        self.registries.withLock { $0[environment]?.disconnect(id) }
        self.announce(environment)
    }

    /// How all instances of an environment stand, by id.
    public func instances(of environment: EnvironmentName) -> [InstanceView] {
        let moment = self.moment()
        return self.look(at: environment) { $0.views(at: moment) }
    }

    /// How an instance stands.
    ///
    /// - Throws: ``FleetError/unknown(_:_:)``.
    public func instance(_ id: InstanceID, of environment: EnvironmentName) throws(FleetError) -> InstanceView {
        let moment = self.moment()
        guard let view = self.look(at: environment, { $0.view(of: id, at: moment) }) else {
            throw .unknown(id, environment)
        }
        return view
    }

    /// How far a revision has got.
    public func convergence(on revision: Int64, in environment: EnvironmentName) -> Convergence {
        let moment = self.moment()
        return self.look(at: environment) { $0.convergence(on: revision, at: moment) }
    }

    /// Whether every live instance has a revision, or a newer one.
    public func isConverged(on revision: Int64, in environment: EnvironmentName) -> Bool {
        let moment = self.moment()
        return self.look(at: environment) { $0.isConverged(on: revision, at: moment) }
    }

    /// Stores who came and who is gone, forgets those that have been gone for long, and lets observers look at the time
    /// that has passed. To be called about twice a second.
    ///
    /// - Throws: ``ControlPlaneError/storage(_:)``; what could not be stored is stored by the next call that succeeds.
    public func save() async throws(ControlPlaneError) {
        let moment = self.moment()
        let unsaved = self.registries.withLock { registries in
            for name in Array(registries.keys) { registries[name]?.sweep(at: moment) }
            return registries.mapValues { $0.unsaved(at: moment) }.filter { !$0.value.isEmpty }
        }
        for environment in self.registries.withLock({ Array($0.keys) }) { self.announce(environment) }
        guard !unsaved.isEmpty else { return }
        let writes = unsaved.flatMap { environment, unsaved in
            [StorageWrite.instances(unsaved.stored), .forgetInstances(unsaved.removed, in: environment)]
        }
        try await self.plane.storage.transact(urgency: .normal) { _ throws(ControlPlaneError) in
            Decision((), writes: writes)
        }
        self.registries.withLock { registries in
            for (environment, saved) in unsaved { registries[environment]?.markSaved(saved) }
        }
    }

    private func publish(_ head: EnvironmentHead) {
        let moment = self.moment()
        self.registries.withLock { registries in
            let registry = registries[head.name] ?? self.emptyRegistry(head.name, at: moment)
            guard head.revision > registry.revision || registries[head.name] == nil else { return }
            registries[head.name, default: registry].publish(
                head.revision, digest: head.snapshot.digest, at: moment)
        }
        self.announce(head.name)
    }

    private func announce(_ environment: EnvironmentName) {
        for observer in self.observers.withLock({ $0 }) { observer(environment) }
    }

    /// Under the lock: a registry that is looked at outside would have to be copied by the next one who changes it.
    private func look<Value: Sendable>(
        at environment: EnvironmentName, _ question: (FleetRegistry) -> Value
    ) -> Value {
        let moment = self.moment()
        return self.registries.withLock { registries in
            question(registries[environment] ?? self.emptyRegistry(environment, at: moment))
        }
    }

    private func emptyRegistry(_ environment: EnvironmentName, at moment: FleetMoment) -> FleetRegistry {
        FleetRegistry(environment: environment, limits: self.limits, at: moment)
    }

    private func change<Value>(
        _ environment: EnvironmentName, _ body: (inout FleetRegistry) throws(FleetError) -> Value
    ) throws(FleetError) -> Value {
        let moment = self.moment()
        let result: Result<Value, FleetError> = self.registries.withLock { registries in
            var registry = registries.removeValue(forKey: environment) ?? self.emptyRegistry(environment, at: moment)
            defer { registries[environment] = registry }
            do throws(FleetError) {
                return .success(try body(&registry))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
