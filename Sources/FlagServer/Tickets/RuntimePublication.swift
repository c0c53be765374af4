internal import ControlPlane
internal import FlagModel
internal import ServiceLifecycle
internal import TicketRuntime

/// Hands each snapshot of the runtime's environment to the embedded TicketRuntime.
struct RuntimePublication: Service {
    let plane: ControlPlane
    let runtime: TicketRuntime
    /// The runtime's place in the fleet.
    let instance: EmbeddedInstance

    /// Puts a snapshot in force before the change that made it is answered: what a command prints as in force is.
    /// A snapshot of another environment, and one older than that in force, change nothing.
    func obey(_ snapshot: Snapshot) {
        switch self.runtime.apply(snapshot) {
        case .applied, .unchanged: self.instance.acknowledge(snapshot)
        case .stale, .otherEnvironment: break
        }
    }

    /// Follows the control plane, whoever makes its revisions, until shutdown.
    func run() async throws {
        let snapshots = try self.plane.subscribe(to: self.runtime.configuration.environment)
        for await snapshot in snapshots.cancelOnGracefulShutdown() {
            self.obey(snapshot)
        }
    }
}
