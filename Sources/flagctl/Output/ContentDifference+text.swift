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
            return style.apply(.red, "- \(self.key.printable)") + "\n"
        case .added:
            return style.apply(.green, "+ \(self.key.printable)") + "\n" + self.lines { $0.after?.canonical ?? "" }
        case .changed:
            return style.apply(.yellow, "~ \(self.key.printable)") + "\n"
                + self.lines { member in
                    (member.before?.canonical ?? "(none)") + " -> " + (member.after?.canonical ?? "(none)")
                }
        }
    }

    private func lines(_ change: (ContentDifference.Member) -> String) -> String {
        let width = self.members.map(\.path.displayWidth).max() ?? 0
        return self.members.map { member in
            let padding = String(repeating: " ", count: width - member.path.displayWidth)
            let label = member.path.isEmpty ? "" : member.path.printable + padding + "  "
            return "    " + label + change(member).printable + "\n"
        }.joined()
    }
}
