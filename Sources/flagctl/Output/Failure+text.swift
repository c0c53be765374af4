import FlagAPI
import FlagModel

extension Failure {
    /// The failure in words: what and where, then what to do.
    func text(_ style: Style) -> String {
        var text = style.apply(.red, "error:") + " " + self.problem.detail.printableLines + "\n"
        for issue in self.problem.issues ?? [] where !self.problem.detail.contains(issue.description) {
            text += "  " + issue.description.printable + "\n"
        }
        for violation in self.problem.violations ?? [] where !self.problem.detail.contains(violation.message) {
            let flags = violation.flags.map(\.text).joined(separator: ", ")
            text += "  \(violation.invariant): \(violation.message)".printable + "\n"
            if !flags.isEmpty { text += "    it reads \(flags)".printable + "\n" }
        }
        if let users = self.problem.users {
            for flag in users.flags { text += "  used by the flag \(flag)\n" }
            for segment in users.segments { text += "  used by the segment \(segment)\n" }
        }
        if let replay = self.problem.replayOf {
            text += "  first used at \(replay.at.short) by \(replay.by.printable)\n"
        }
        if let difference = self.problem.difference, !difference.isEmpty {
            text += "changed meanwhile:\n" + difference.text(style)
        }
        for note in self.notes { text += note.printable + "\n" }
        for hint in self.hints { text += style.apply(.bold, "hint:") + " " + hint.printable + "\n" }
        return text
    }

    private var hints: [String] {
        var hints: [String] = []
        if let suggestion = self.problem.suggestion, !self.problem.detail.contains("did you mean") {
            hints.append("did you mean \(suggestion)?")
        }
        if let hint = self.hint { hints.append(hint) }
        if let pathway = self.problem.pathway, !self.problem.detail.contains(pathway) {
            hints.append("until then users connect by the pathway \(pathway)")
        }
        if let seconds = self.problem.retryAfter { hints.append("try again in \(seconds) s") }
        return hints
    }
}
