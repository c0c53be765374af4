import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl segment set`.
struct SegmentSetCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Makes a segment, or changes the one of that name.",
        discussion: """
            The rule is JSONLogic. Flags name the segment in theirs, as {"$ref": "beta-testers"}:

              flagctl segment set development beta-testers --reason "first testers" \\
                --rule '{"in": [{"var": "email"}, ["ada@example.com"]]}'
            """)

    @OptionGroup var target: SegmentArguments

    @Option(
        help: ArgumentHelp(
            "The rule as JSON, @file for one in a file (JSON or YAML), - for standard input.", valueName: "json"))
    var rule: String?

    @Option(help: ArgumentHelp("Whom it covers; by default what it said before.", valueName: "text"))
    var description: String?

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp("A YAML or JSON file with rule and description; - is standard input.", valueName: "path"),
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var file: String?
    @OptionGroup var options: CommitOptions

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (self.rule == nil) != (self.file == nil) else {
            throw ValidationError("say what the segment is: either --rule or -f")
        }
        guard self.file == nil || self.description == nil else {
            throw ValidationError("--description goes with --rule; with -f the file has it")
        }
        guard self.options.reason.sample != "-" || (self.file != "-" && self.rule != "-") else {
            throw ValidationError("standard input holds either the segment or the sample")
        }
    }

    func run(in session: Session) async throws(Failure) {
        let rule = try self.rule.map { text throws(Failure) in try Self.rule(text, session) }
        let file = try self.file.map { path throws(Failure) in try DocumentFile.value(path, session) }
        let sample = try self.options.reason.givenSample(session)
        let reason = try session.reason(self.options.reason.reason)
        let api = try session.api(self.connection.selection)
        let before = try await self.current(api)
        let segment: Segment
        do {
            segment = try Segment(json: file ?? self.definition(rule ?? .null, before?.definition), at: "")
        } catch {
            throw Failure(error, in: "the segment \(self.target.segment)")
        }
        try await ChangeFlow(session, api, self.target.environment, self.options, sample: sample)
            .commit([.putSegment(self.target.segment, segment)], because: reason, seen: before?.revision)
    }

    /// The segment as it is, or nil when it will be new.
    private func current(_ api: APIClient) async throws(Failure) -> SegmentDetail? {
        do throws(Failure) {
            return try await api.segment(self.target.segment, in: self.target.environment)
        } catch {
            guard error.problem.type == "unknown-segment" else { throw error }
            return nil
        }
    }

    private func definition(_ rule: JSONValue, _ before: JSONValue?) -> JSONValue {
        var members = ["rule": rule]
        members["description"] = self.description.map(JSONValue.string) ?? before?["description"]
        return .object(members)
    }

    private static func rule(_ text: String, _ session: Session) throws(Failure) -> JSONValue {
        if text == "-" { return try DocumentFile.value("-", session) }
        if text.hasPrefix("@") { return try DocumentFile.value(String(text.dropFirst()), session) }
        do throws(JSONSyntaxError) {
            return try JSONParser.parse(text)
        } catch {
            throw Failure(
                .usage, "rule-malformed", "--rule is not JSON: \(error.reason)",
                hint: "put it in single quotes, or in a file: --rule @rule.json")
        }
    }
}
