import FlagAPI
import FlagModel

/// Asks something of a rollout and shows what became of it.
struct RolloutRequest: Sendable {
    private let session: Session
    private let api: APIClient
    private let target: RolloutTarget
    private let patience: Duration?

    /// - Parameter patience: How long to wait until every instance has what became of the flag; nil: not at all.
    init(
        _ session: Session, _ connection: ConnectionOptions, _ target: RolloutTarget, patience: Duration? = nil
    ) throws(Failure) {
        self.session = session
        self.api = try session.api(connection.selection)
        self.target = target
        self.patience = patience
    }

    /// Sends a command.
    func send(_ command: String, _ request: RolloutCommandRequest) async throws(Failure) {
        try await self.send(command, request, to: try await self.id())
    }

    /// Sends a command that depends on where the rollout stands.
    func send(
        _ command: String, _ request: (RolloutDetail) -> RolloutCommandRequest
    ) async throws(Failure) {
        let id = try await self.id()
        try await self.send(command, request(try await self.api.rollout(id, in: self.target.environment)), to: id)
    }

    private func send(_ command: String, _ request: RolloutCommandRequest, to id: Int64) async throws(Failure) {
        let environment = self.target.environment
        let result = try await self.api.command(command, rollout: id, in: environment, request)
        try await CommitReport(session: self.session, api: self.api, patience: self.patience)
            .show(result, revision: result.revision, in: environment) { result.text(self.session.style) }
    }

    private func id() async throws(Failure) -> Int64 {
        try await RolloutFinder(api: self.api, environment: self.target.environment)
            .find(self.target.rollout, orNewest: false)
    }
}
