import ArgumentParser
import FlagAPI

/// `flagctl rollout status`.
struct RolloutStatusCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "How far a rollout is, and what it waits for.",
        discussion: """
            Ends with code 0 while it goes on and when it is completed, 5 when it waits for an approval, 8 when it was rolled back or \
            aborted, 9 when it is paused. With -w it goes on until the rollout is over; with --until it also ends when the rollout \
            stands still, for then somebody has to do something.
            """)

    @OptionGroup var target: RolloutTarget
    @OptionGroup var watching: RolloutWatchOptions

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let api = try session.api(self.connection.selection)
        let environment = self.target.environment
        let id = try await RolloutFinder(api: api, environment: environment).find(self.target.rollout, orNewest: true)
        if self.watching.isOn {
            return try await RolloutWatch(session, api, environment, id, self.watching).run()
        }
        let detail = try await api.rollout(id, in: environment)
        try session.show(detail) { detail.text(session) }
        if let failure = detail.failure { throw failure }
    }
}
