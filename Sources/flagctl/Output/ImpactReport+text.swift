import FlagModel

extension ImpactReport {
    /// How many flags are listed at most.
    private static let listed = 20

    /// Who gets another answer, a line for each flag.
    func text(_ style: Style) -> String {
        var text = self.flags.prefix(Self.listed).map { self.line($0, style) }.joined()
        if self.flags.count > Self.listed {
            text += style.apply(.dim, "and \(self.flags.count - Self.listed) more flags: -o json shows them") + "\n"
        }
        if self.sample < self.requested, !self.flags.isEmpty {
            text += style.apply(.dim, "(\(self.sample.grouped) of \(self.requested.grouped): \(self.reason))") + "\n"
        }
        return text
    }

    private var reason: String {
        self.sample < ImpactStudy.maximumSample(flags: self.flags.count)
            ? "evaluating more would have taken too long" : "the sample is smaller where many flags are affected"
    }

    private func line(_ flag: Flag, _ style: Style) -> String {
        let who = self.synthetic ? "synthetic users" : self.sample == 1 ? "context" : "contexts"
        let total = "\(flag.evaluated.grouped) \(who)"
        guard flag.changed > 0 else { return "\(flag.flag): none of \(total) changes\n" }
        let count = flag.changed == flag.evaluated ? "all" : flag.changed.grouped
        let verb = flag.changed == 1 ? "changes" : "change"
        let ways = flag.transitions.map { transition in
            (flag.transitions.count > 1 ? transition.count.grouped + " " : "") + transition.text
        }
        return style.apply(.bold, "\(flag.flag): \(count) of \(total) \(verb)")
            + ": " + ways.joined(separator: ", ").printable + "\n"
    }
}

extension ImpactReport.Transition {
    /// `off -> on`, or the values where the variant stays.
    fileprivate var text: String {
        guard let from = self.from, from == self.to else {
            return "\(self.from ?? "(caller's default)") -> \(self.to ?? "(caller's default)")"
        }
        return "\(self.fromValue?.canonical ?? "?") -> \(self.toValue?.canonical ?? "?") (\(from))"
    }
}
