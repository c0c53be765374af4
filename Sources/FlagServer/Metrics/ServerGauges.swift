internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import FlagStore
internal import PrometheusMetrics
internal import TicketRuntime

/// What is looked up when somebody asks for metrics, because something else knows it already.
struct ServerGauges: Sendable {
    let plane: ControlPlane
    let fleet: Fleet
    let hub: StreamHub
    let telemetry: FleetTelemetry
    let runtime: TicketRuntime
    /// When the process started.
    let startedAt: Timestamp

    /// Everything as it is now.
    ///
    /// - Parameter isShown: Whether an environment's numbers are wanted.
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    func families(where isShown: (EnvironmentName) -> Bool) async throws(ControlPlaneError) -> [MetricFamily] {
        var families = MetricTable()
        families.add(
            ServerMetric.build, ["version": Version.current, "sqlite": FlagStore.sqliteVersion], 1)
        families.add(
            ServerMetric.startTime, [:], Double(self.startedAt.millisecondsSinceEpoch) / 1000)
        for head in self.plane.environments where isShown(head.name) {
            let environment = head.name.text
            families.add(ServerMetric.revision, ["environment": environment], Double(head.revision))
            families.add(
                ServerMetric.streams, ["environment": environment, "topic": "revisions"],
                Double(self.hub.count(of: .revisions(head.name))))
            families.add(
                ServerMetric.streams, ["environment": environment, "topic": "fleet"],
                Double(self.hub.count(of: .fleet(head.name))))
            families.add(
                ServerMetric.converged, ["environment": environment],
                self.fleet.isConverged(on: head.revision, in: head.name) ? 1 : 0)
            self.addInstances(of: head.name, to: &families)
            try await self.addRollouts(of: head.name, to: &families)
            families.add(self.telemetry.totals(of: head.name), of: head.name)
            families.add(
                ServerMetric.droppedSeries, ["environment": environment],
                Double(self.telemetry.dropped(in: head.name)))
        }
        let tickets = await self.runtime.status()
        families.add(ServerMetric.storeUp, [:], tickets.isStoreAvailable ? 1 : 0)
        families.add(ServerMetric.breakerOpen, [:], self.runtime.isStoreLeftAlone ? 1 : 0)
        return families.families
    }

    private func addInstances(of environment: EnvironmentName, to families: inout MetricTable) {
        let states = self.fleet.instances(of: environment).map { InstanceState($0.state) }
        for state in InstanceState.allCases {
            families.add(
                ServerMetric.instances, ["environment": environment.text, "state": state.rawValue],
                Double(states.count { $0 == state }))
        }
    }

    private func addRollouts(
        of environment: EnvironmentName, to families: inout MetricTable
    ) async throws(ControlPlaneError) {
        let phases = try await self.plane.liveRollouts(of: environment).map(\.machine.phase)
        for name in ["scheduled", "running", "holding", "paused", "awaiting-approval"] {
            families.add(
                ServerMetric.rollouts, ["environment": environment.text, "phase": name],
                Double(phases.count { $0.name == name }))
        }
    }
}
