public import FlagModel
internal import Synchronization

/// Keeps durable how much each pathway is used: by environment, pathway and hour.
public final class PathwayUsage: Sendable {
    private struct State {
        var ledger: PathwayLedger
        /// Two at once would store the same counts twice.
        var isSaving = false
        /// What is stored, by environment, as of the last time that something was.
        var stored: [EnvironmentName: [PathwayRecord]] = [:]
    }

    private let plane: ControlPlane
    private let telemetry: FleetTelemetry
    private let state: Mutex<State>

    /// The usage of these pathways, as `telemetry` counts it.
    public init(plane: ControlPlane, telemetry: FleetTelemetry, pathways: [String]) {
        self.plane = plane
        self.telemetry = telemetry
        self.state = Mutex(State(ledger: PathwayLedger(pathways: pathways)))
    }

    /// Stores what was counted since the last time. To be called about once a minute and at the end. Does nothing while
    /// another call is at it.
    ///
    /// - Throws: ``ControlPlaneError/storage(_:)``; what could not be stored is stored by the next call that succeeds.
    public func save() async throws(ControlPlaneError) {
        var totals: [EnvironmentName: [TelemetrySeries: Int64]] = [:]
        for name in self.plane.environments.map(\.name) { totals[name] = self.telemetry.totals(of: name) }
        let now = self.plane.now()
        let unsaved = self.state.withLock { [totals] state -> PathwayLedger.Unsaved? in
            guard !state.isSaving else { return nil }
            let unsaved = state.ledger.unsaved(totals, at: now)
            state.isSaving = !unsaved.uses.isEmpty
            return unsaved
        }
        guard let unsaved, !unsaved.uses.isEmpty else { return }
        defer { self.state.withLock { $0.isSaving = false } }
        try await self.plane.storage.transact(urgency: .normal) { _ throws(ControlPlaneError) in
            Decision((), writes: [.pathwayUses(unsaved.uses)])
        }
        self.state.withLock { $0.ledger.markSaved(unsaved) }
        for environment in Set(unsaved.uses.map(\.environment)) {
            let records = try await self.plane.storage.read { state throws(ControlPlaneError) in
                try state.pathwayRecords(of: environment, since: PathwayUse.hour(of: now))
            }
            self.state.withLock { $0.stored[environment] = records }
        }
    }

    /// What is known of nobody's coming in by a pathway: what was stored last. From memory. Nothing, while counts are left
    /// out for want of room.
    public func idleness(of pathway: String, in environment: EnvironmentName) -> PathwayIdleness {
        guard self.telemetry.dropped(in: environment) == 0 else { return PathwayIdleness() }
        return PathwayIdleness(of: pathway, in: self.state.withLock { $0.stored[environment] ?? [] })
    }

    /// What is stored of each pathway that was ever counted in an environment, by name, once what was counted up to now
    /// is stored as well.
    ///
    /// - Parameter seconds: The window up to now that the counts are of; the hour in which it begins counts whole.
    /// - Throws: ``ControlPlaneError``.
    public func records(
        of environment: EnvironmentName, within seconds: Int64
    ) async throws(ControlPlaneError) -> [PathwayRecord] {
        try await self.save()
        let since = self.plane.now().advanced(byMilliseconds: -seconds * 1000)
        return try await self.plane.storage.read { state throws(ControlPlaneError) in
            _ = try state.existingHead(of: environment)
            return try state.pathwayRecords(of: environment, since: PathwayUse.hour(of: since))
        }
    }
}
