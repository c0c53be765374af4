import FlagAPI
import FlagModel

extension APIClient {
    /// Rollouts, newest first.
    func rollouts(
        of name: EnvironmentName, flag: FlagKey? = nil, before: Int64? = nil, limit: Int
    ) async throws(Failure) -> RolloutList {
        try await self.send(
            "GET", Self.path(name, "rollouts"),
            query: [("flag", flag?.text), ("before", before.map(String.init)), ("limit", String(limit))])
    }

    /// A rollout, and how far it is.
    func rollout(_ id: Int64, in name: EnvironmentName) async throws(Failure) -> RolloutDetail {
        try await self.send("GET", Self.path(name, "rollouts", String(id)))
    }

    /// What happened to a rollout.
    func rolloutHistory(_ id: Int64, in name: EnvironmentName) async throws(Failure) -> RolloutHistory {
        try await self.send("GET", Self.path(name, "rollouts", String(id), "history"))
    }

    /// What a plan would do.
    func previewRollout(
        _ request: RolloutStartRequest, in name: EnvironmentName
    ) async throws(Failure) -> RolloutPreviewResult {
        var request = request
        request.dryRun = true
        request.preview = request.preview ?? .ofSteps
        return try await self.send("POST", Self.path(name, "rollouts"), body: request)
    }

    /// Starts a rollout.
    func startRollout(
        _ request: RolloutStartRequest, in name: EnvironmentName
    ) async throws(Failure) -> RolloutResult {
        var request = request
        request.preview = nil
        return try await self.send("POST", Self.path(name, "rollouts"), body: request)
    }

    /// Asks something of a rollout: `pause`, `resume`, `promote`, `approve`, `abort` or `undo`.
    func command(
        _ command: String, rollout id: Int64, in name: EnvironmentName, _ request: RolloutCommandRequest
    ) async throws(Failure) -> RolloutResult {
        try await self.send("POST", Self.path(name, "rollouts", String(id), command), body: request)
    }
}

extension PreviewRequest {
    /// The synthetic users for a plan, whose steps are each looked at.
    fileprivate static let ofSteps = PreviewRequest(synthetic: 10_000)
}
