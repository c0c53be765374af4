import FlagAPI
import FlagModel

extension RollbackCheck {
    /// Whether the flags answer as they did at the restored revision.
    func text(_ style: Style) -> String {
        guard !self.flags.isEmpty else { return "" }
        let flags = self.flags.count == 1 ? "\(self.flags[0]) answers" : "\(self.flags.count) flags answer"
        guard !self.differing.isEmpty else {
            return "checked: \(flags) as at that revision for \(self.sample.grouped) users\n"
        }
        let names = self.differing.map(\.text).joined(separator: ", ")
        return style.apply(.red, "checked: not as at that revision answer \(names)") + "\n"
    }
}
