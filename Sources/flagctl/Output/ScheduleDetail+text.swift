import FlagAPI
import FlagModel

extension ScheduleDetail {
    /// What happens when it cannot be made at its time.
    var missedText: String {
        self.graceSeconds.map { "skip after \(Duration.text(seconds: $0))" } ?? self.ifMissed
    }

    /// Everything about it, for people.
    func text(_ style: Style) -> String {
        var facts = Facts()
        facts.add("schedule", "\(self.id) (\(self.state))")
        facts.add("environment", "\(self.environment), made on revision \(self.baseRevision)")
        facts.add("at", self.at.short)
        facts.add("if missed", self.missedText)
        facts.add("by", "\(self.author) at \(self.createdAt.short)")
        facts.add("reason", self.reason)
        if let settledAt = self.settledAt { facts.add(self.state, settledAt.short) }
        facts.add("revision", self.revision.map(String.init))
        facts.add("note", self.note)
        return facts.text(style) + self.difference.text(style)
    }
}
