import ArgumentParser
import FlagAPI

/// `flagctl rollout history`.
struct RolloutHistoryCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What happened to a rollout, oldest first.")

    @OptionGroup var target: RolloutTarget

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let api = try session.api(self.connection.selection)
        let environment = self.target.environment
        let id = try await RolloutFinder(api: api, environment: environment).find(self.target.rollout, orNewest: true)
        let history = try await api.rolloutHistory(id, in: environment)
        try session.show(history) {
            session.table(
                [
                    .init("AT"), .init("BY"), .init("WHAT"), .init("REVISION", isNumeric: true),
                    .init("WHY", .shrinks),
                ],
                history.entries.map { entry in
                    [entry.at.short, entry.actor, entry.what, String(entry.revision), entry.cause?.text ?? ""]
                })
        }
    }
}
