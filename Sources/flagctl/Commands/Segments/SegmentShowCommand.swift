import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl segment show`.
struct SegmentShowCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A segment's rule, and who uses it.")

    @OptionGroup var target: SegmentArguments

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let detail = try await session.api(self.connection.selection).segment(
            self.target.segment, in: self.target.environment)
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
