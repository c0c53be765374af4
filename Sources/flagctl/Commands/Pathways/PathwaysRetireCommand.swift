import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl pathways retire`.
struct PathwaysRetireCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Closes a pathway once nobody has come in by it for long enough.",
        discussion: """
            Starts a rollout of the pathway's flag, downwards, that waits for the evidence; "flagctl rollout status" shows it, and \
            "flagctl rollout abort" ends it. It is refused if it would close the last pathway that works.
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(help: ArgumentHelp("The pathway: cookie, query-parameter, ….", valueName: "pathway"))
    var pathway: String

    @Option(
        help: ArgumentHelp("For how long nobody may have come in by it: 1h to 400d.", valueName: "duration"),
        transform: Arguments.seconds)
    var whenIdle: Int64

    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @Flag(help: "Only say what would happen.")
    var dryRun = false

    @Flag(name: [.customShort("y"), .customLong("yes")], help: "Do not ask.")
    var yes = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let api = try session.api(self.connection.selection)
        let request = RolloutStartRequest(plan: try await self.plan(api), reason: try session.reason(self.reason))
        if self.dryRun {
            let preview = try await api.previewRollout(request, in: self.environment)
            return try session.show(preview) { preview.text(session, session.style) }
        }
        if !self.yes, session.surroundings.console.isTerminal(.input) {
            let preview = try await api.previewRollout(request, in: self.environment)
            guard session.confirm(preview.text(session, session.errorStyle), "Retire \(self.pathway)?") else {
                throw Failure(.error, "not-confirmed", "nothing was started")
            }
        }
        let result = try await api.startRollout(request, in: self.environment)
        try session.show(result) { result.text(session.style) }
    }

    private func plan(_ api: APIClient) async throws(Failure) -> JSONValue {
        let pathways = try await api.pathways(of: self.environment, within: 604_800).pathways
        guard let pathway = pathways.first(where: { $0.pathway == self.pathway }), pathway.pathway != "ticket" else {
            let names = pathways.map(\.pathway).filter { $0 != "ticket" }
            throw Failure(
                .invalid, "unknown-pathway",
                "\"\(self.pathway)\" cannot be retired; there are " + names.joined(separator: ", "))
        }
        let detail = try await api.flag(pathway.flag, in: self.environment)
        let definition: FlagDefinition
        do throws(InvalidDocument) {
            definition = try FlagDefinition(json: detail.definition, key: pathway.flag, at: "")
        } catch {
            throw Failure(
                .error, "answer-unreadable", "the server's definition of \(pathway.flag) cannot be read: \(error)")
        }
        return try Retirement(of: pathway, flag: definition, whenIdleFor: self.whenIdle).plan
    }
}
