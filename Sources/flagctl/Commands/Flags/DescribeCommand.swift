import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl describe`.
struct DescribeCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Everything about a flag: definition, last change, and who made it.")

    @OptionGroup var target: FlagArguments

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let detail = try await session.api(self.connection.selection).flag(
            self.target.flag, in: self.target.environment)
        try session.show(detail) { Self.text(detail, session.style) }
    }

    private static func text(_ detail: FlagDetail, _ style: Style) -> String {
        let flag = FlagView(key: detail.key.text, definition: detail.definition)
        var facts = Facts()
        facts.add("flag", flag.key)
        facts.add("environment", "\(detail.environment), revision \(detail.revision)")
        facts.add("description", flag.text("description"))
        facts.add("owner", flag.text("owner"))
        facts.add("type", flag.text("type"))
        facts.add("state", flag.state)
        facts.add("serves", flag.serves)
        facts.add("variants", flag.variants.keys.sorted().map(flag.describe).joined(separator: "\n"))
        facts.add("safe variant", flag.safeVariant)
        let prerequisites = detail.definition["prerequisites"]?.arrayValue ?? []
        facts.add(
            "requires", prerequisites.isEmpty ? nil : prerequisites.map(Self.prerequisite).joined(separator: "\n"))
        facts.add("rollout", flag.rollout.map { $0 + Self.hashing(detail.definition["rollout"]) })
        for member in ["targeting", "constraints", "onStale", "metadata"] {
            facts.add(member, detail.definition[member].map { String(YAMLDocument.emit($0).dropLast()) })
        }
        facts.add(
            "last change",
            detail.lastChange.map { "revision \($0.revision) at \($0.at.short) by \($0.author): \($0.reason)" })
        return facts.text(style)
    }

    private static func prerequisite(_ value: JSONValue) -> String {
        "\(value["flag"]?.stringValue ?? "?") = \(value["variant"]?.stringValue ?? "?")"
    }

    private static func hashing(_ rollout: JSONValue?) -> String {
        let by = rollout?["by"]?.stringValue ?? "targetingKey"
        return rollout?["seed"]?.stringValue.map { ", by \(by), seed \($0)" } ?? ", by \(by)"
    }
}
