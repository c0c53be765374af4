import FlagModel

extension ContentDifference {
    /// The difference for people: a line for each flag, and one for each member that changed.
    func text(_ style: Style) -> String {
        self.entries.map { $0.text(style) }.joined()
    }
}

extension ContentDifference.Entry {
    fileprivate func text(_ style: Style) -> String {
        switch self.kind {
        case .removed:
            return style.apply(.red, "- \(self.title)") + "\n"
        case .added:
            return style.apply(.green, "+ \(self.title)") + "\n" + self.lines { $0.after?.canonical ?? "null" }
        case .changed:
            return style.apply(.yellow, "~ \(self.title)") + "\n"
                + self.lines { member in
                    (member.before?.canonical ?? "(none)") + " -> " + (member.after?.canonical ?? "(none)")
                }
        }
    }

    /// The key, with what it is where it is no flag's.
    private var title: String {
        switch self.subject {
        case .flag: self.key.printable
        case .segment: "segment \(self.key.printable)"
        case .environment: "environment \(self.key.printable)"
        }
    }

    private func lines(_ change: (ContentDifference.Member) -> String) -> String {
        self.members.lines(change)
    }
}

extension [ContentDifference.Member] {
    /// What changed in an environment's settings, a line for each member; long rules are only hinted at.
    var settingsText: String {
        self.lines { ($0.before?.brief ?? "(none)") + " -> " + ($0.after?.brief ?? "(none)") }
    }

    fileprivate func lines(_ change: (ContentDifference.Member) -> String) -> String {
        let width = self.map(\.path.displayWidth).max() ?? 0
        return self.map { member in
            let padding = String(repeating: " ", count: width - member.path.displayWidth)
            let label = member.path.isEmpty ? "" : member.path.printable + padding + "  "
            return "    " + label + change(member).printable + "\n"
        }.joined()
    }
}

extension JSONValue {
    /// The value as far as it fits beside another one.
    fileprivate var brief: String {
        let text = self.canonical
        guard text.displayWidth > 48 else { return text }
        switch self {
        case .object: return "{…}"
        case .array: return "[…]"
        default: return text.truncated(to: 48)
        }
    }
}
