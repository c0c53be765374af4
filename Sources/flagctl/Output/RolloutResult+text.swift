import FlagAPI
import FlagModel

extension RolloutResult {
    /// What became of the rollout, in one line.
    var sentence: String {
        let summary = self.rollout.summary
        let revision =
            self.revision == self.previousRevision
            ? "revision \(self.revision) stays in force" : "revision \(self.revision) is in force"
        return "rollout \(summary.id) of \(summary.flag) in \(summary.environment) is \(summary.standing); \(revision)"
    }

    func text(_ style: Style) -> String {
        var text = style.apply(.bold, self.sentence.printable) + "\n"
        for wait in self.rollout.waitingFor { text += "it waits for \(wait)".printable + "\n" }
        return text
    }
}

extension RolloutHistory.Entry {
    /// What happened: `step 2, 5 %`.
    var what: String {
        guard let step = self.step else { return self.event }
        let share = self.percentage.map { ", \($0.percentText)" } ?? ""
        return self.event == "step" ? "step \(step)\(share)" : "\(self.event) for step \(step)\(share)"
    }

    /// The same with when, where and why, in one line.
    var line: String {
        let cause = self.cause.map { " (\($0.text))" } ?? ""
        return "\(self.at.short)  \(self.what), revision \(self.revision)\(cause)".printable
    }
}
