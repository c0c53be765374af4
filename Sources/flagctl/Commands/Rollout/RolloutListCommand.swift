import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl rollout list`.
struct RolloutListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The rollouts of an environment, newest first.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "count"))
    var limit = 20

    @Option(help: ArgumentHelp("Only rollouts with lower numbers than this one.", valueName: "number"))
    var before: Int64?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...500).contains(self.limit) else { throw ValidationError("-n takes 1 to 500") }
    }

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection)
            .rollouts(of: self.environment, before: self.before, limit: self.limit)
        try session.show(list) {
            guard !list.rollouts.isEmpty else { return "no rollouts\n" }
            let table = session.table(
                [
                    .init("ROLLOUT", isNumeric: true), .init("FLAG", .shrinks), .init("STATE"), .init("STEP"),
                    .init("SHARE"), .init("STARTED"), .init("BY"), .init("REASON", .shrinks),
                ],
                list.rollouts.map { rollout in
                    [
                        String(rollout.id), rollout.flag.text, rollout.state.rawValue,
                        "\(rollout.step) of \(rollout.steps)", rollout.percentage.map(\.percentText) ?? "-",
                        (rollout.startsAt ?? rollout.createdAt).short, rollout.author, rollout.reason,
                    ]
                })
            let more = list.nextBefore.map { "older ones: flagctl rollout list \(self.environment) --before \($0)\n" }
            return table + (more.map { session.style.apply(.dim, $0) } ?? "")
        }
    }
}
