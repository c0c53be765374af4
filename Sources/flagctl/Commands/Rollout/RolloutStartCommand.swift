import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl rollout start`.
struct RolloutStartCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Takes a flag through the steps of a plan, and watches what comes of it.",
        discussion: """
            The plan is a file (-f plan.yaml) or the short form of its steps (--steps 1%:10m,5%:30m,25%:2h,100%). It is checked as a \
            whole before anything happens; at a terminal it is shown and confirmed.
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The flag's key.", valueName: "flag"),
        completion: .custom { words, index, _ in await Completions.flags(words, index) }, transform: Arguments.flag)
    var flag: FlagKey

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp("The plan, YAML or JSON; - is standard input.", valueName: "path"),
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var file: String?

    @Option(help: ArgumentHelp("The steps in short, as 1%:10m,25%:2h,100%.", valueName: "steps"))
    var steps: String?

    @Option(
        help: ArgumentHelp(
            "The variant; by default the one being rolled out, or the only one that is neither default nor safe.",
            valueName: "name"))
    var variant: String?

    @Option(
        help: ArgumentHelp("When it begins, as 2026-03-04T22:00:00+01:00; by default now.", valueName: "time"),
        transform: Arguments.moment)
    var at: Timestamp?

    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @Flag(help: "Only say what would happen.")
    var dryRun = false

    @Flag(name: [.customShort("y"), .customLong("yes")], help: "Do not ask.")
    var yes = false

    @Option(
        help: ArgumentHelp(
            "Contexts for which to say who gets another answer at each step; by default 10,000 synthetic users.",
            valueName: "path"),
        completion: .file())
    var sample: String?

    @OptionGroup var watching: RolloutWatchOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (self.file == nil) != (self.steps == nil) else {
            throw ValidationError("say the plan: either -f plan.yaml or --steps 1%:10m,25%:2h,100%")
        }
        guard !self.dryRun || !self.watching.isOn else {
            throw ValidationError("-w and --until go with a rollout that is started, not with --dry-run")
        }
    }

    func run(in session: Session) async throws(Failure) {
        let plan = try self.plan(session)
        let sample = try self.sample.map { path throws(Failure) in try SampleFile.contexts(path, session) }
        var request = RolloutStartRequest(plan: plan, reason: try session.reason(self.reason), at: self.at)
        request.preview = sample.map { PreviewRequest(contexts: $0) }
        let api = try session.api(self.connection.selection)
        if self.dryRun {
            let preview = try await api.previewRollout(request, in: self.environment)
            return try session.show(preview) { preview.text(session, session.style) }
        }
        if !self.yes, session.surroundings.console.isTerminal(.input) {
            let preview = try await api.previewRollout(request, in: self.environment)
            guard session.confirm(preview.text(session, session.errorStyle), "Start this rollout?") else {
                throw Failure(.error, "not-confirmed", "nothing was started")
            }
        }
        let result = try await api.startRollout(request, in: self.environment)
        let id = result.rollout.summary.id
        guard self.watching.isOn else { return try session.show(result) { result.text(session.style) } }
        session.note(result.sentence)
        try await RolloutWatch(session, api, self.environment, id, self.watching).run()
    }

    /// The plan, with the flag in it.
    private func plan(_ session: Session) throws(Failure) -> JSONValue {
        var members: [String: JSONValue] = [:]
        if let steps = self.steps { members["steps"] = .string(steps) }
        if let file = self.file {
            guard let read = try DocumentFile.value(file, session).objectValue else {
                throw Failure(.invalid, "plan-invalid", "\(file) is not a plan: expected flag, steps, guards and so on")
            }
            members = read
            if let flag = read["flag"], flag != .string(self.flag.text) {
                throw Failure(.invalid, "plan-invalid", "the plan is for \(flag.canonical), not for \(self.flag)")
            }
        }
        members["flag"] = .string(self.flag.text)
        if let variant = self.variant { members["variant"] = .string(variant) }
        return .object(members)
    }
}
