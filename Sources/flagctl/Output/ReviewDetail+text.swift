import FlagAPI
import FlagModel

extension ReviewDetail {
    /// open or closed.
    var state: String { self.closedAt == nil ? "open" : "closed" }

    /// Everything about it, for people.
    func text(_ style: Style) -> String {
        var facts = Facts()
        facts.add("review", "\(self.id) (\(self.state))")
        facts.add("environment", "\(self.environment), revision \(self.revision)")
        facts.add("cause", self.rollout.map { "\(self.cause) of rollout \($0)" } ?? self.cause)
        facts.add("flags", self.flags.map(\.text).joined(separator: ", "))
        facts.add("by", "\(self.author) at \(self.at.short)")
        facts.add("reason", self.reason)
        facts.add("evidence", self.evidence.map { String(YAMLDocument.emit($0).dropLast()) })
        if let closedAt = self.closedAt {
            facts.add("closed", "by \(self.closedBy ?? "") at \(closedAt.short)")
            facts.add("note", self.note)
        }
        return facts.text(style)
    }
}
