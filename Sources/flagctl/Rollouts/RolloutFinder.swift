import FlagAPI
import FlagModel

/// Finds the rollout that a person means.
struct RolloutFinder: Sendable {
    /// How far back a rollout is looked for that is under way.
    private static let reach = 100

    let api: APIClient
    let environment: EnvironmentName

    /// The number of the rollout.
    ///
    /// - Parameters:
    ///   - name: What was said; nil: the only one that is under way.
    ///   - orNewest: Whether the newest will do when none is under way.
    /// - Throws: ``Failure`` when there is none, or more than one can be meant.
    func find(_ name: RolloutName?, orNewest: Bool) async throws(Failure) -> Int64 {
        switch name {
        case .number(let number): return number
        case .flag(let flag):
            let list = try await self.api.rollouts(of: self.environment, flag: flag, limit: 1)
            if let newest = list.rollouts.first { return newest.id }
            throw Failure(
                .error, "unknown-rollout", "there was no rollout of \(flag) in \(self.environment)", hint: self.hint)
        case nil:
            let rollouts = try await self.api.rollouts(of: self.environment, limit: Self.reach).rollouts
            let live = rollouts.filter { !$0.state.isOver }
            if live.count > 1 {
                var failure = Failure(
                    .usage, "rollout-ambiguous",
                    "\(live.count) rollouts are under way in \(self.environment): say which",
                    hint: "add the number or the flag")
                failure.notes = live.map { "\($0.id)  \($0.flag)  \($0.standing)" }
                throw failure
            }
            if let only = live.first ?? (orNewest ? rollouts.first : nil) { return only.id }
            throw Failure(
                .error, "unknown-rollout", "no rollout is under way in \(self.environment)", hint: self.hint)
        }
    }

    private var hint: String { "see them with: flagctl rollout list \(self.environment)" }
}
