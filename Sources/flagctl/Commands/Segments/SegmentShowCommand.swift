import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl segment show`.
struct SegmentShowCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A segment's rule, and who uses it.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The segment's name.", valueName: "segment"),
        completion: .custom { words, index, _ in await Completions.segments(words, index) },
        transform: Arguments.segment)
    var segment: SegmentName

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let detail = try await session.api(self.connection.selection).segment(self.segment, in: self.environment)
        try session.show(detail) {
            var facts = Facts()
            facts.add("segment", detail.name.text)
            facts.add("environment", "\(detail.environment), revision \(detail.revision)")
            facts.add("description", detail.definition["description"]?.stringValue)
            facts.add("rule", detail.definition["rule"].map { String(YAMLDocument.emit($0).dropLast()) })
            facts.add("used by", detail.usedBy.isEmpty ? "(nobody)" : detail.usedBy.description)
            return facts.text(session.style)
        }
    }
}
