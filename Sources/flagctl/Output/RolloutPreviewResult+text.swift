import FlagAPI
import FlagModel

extension RolloutPreviewResult {
    /// What would happen, for people: when, to whom, watched by what.
    func text(_ session: Session, _ style: Style) -> String {
        var text = style.apply(
            .bold,
            "rollout of \(self.flag) in \(self.environment), from \(self.from.percentText) at revision \(self.revision)"
        )
        text += "\n" + self.timeline.text(style, width: session.surroundings.console.columns)
        var facts = Facts()
        facts.add("through", "\(self.moment(self.endsAfterSeconds).short), if nothing has to be waited for")
        let guards = (self.plan["guards"]?.arrayValue ?? []).map(Self.words)
        facts.add("guards", guards.isEmpty ? "none: nothing is watched at every step" : guards.joined(separator: "\n"))
        facts.add(
            "invariants",
            self.invariants.isEmpty ? nil : self.invariants.joined(separator: ", ") + ": kept at each step")
        return text + facts.text(style)
    }

    private var timeline: Table {
        Table(
            [
                .init("STEP", isNumeric: true), .init("EARLIEST"), .init("SHARE", isNumeric: true), .init("HOLD"),
                .init("APPROVAL"), .init("CHANGES FOR", .shrinks),
            ],
            self.steps.map { step in
                [String(step.step.number), self.moment(step.startsAfterSeconds).short] + step.step.cells + [step.who]
            })
    }

    private func moment(_ seconds: Int64) -> Timestamp { self.startsAt.advanced(byMilliseconds: seconds * 1000) }

    /// `authentication-failures: rolls back …`.
    private static func words(_ rule: JSONValue) -> String {
        let response = rule["onFailure"]?.stringValue == "pause" ? "pauses" : "goes back"
        func percent(_ member: String) -> String { ((rule[member]?.doubleValue ?? 0) * 100).percentText }
        return
            "\(rule["name"]?.stringValue ?? ""): \(response) when the cohort fails \(percent("tolerance")) more often "
            + "than the rest, or at \(percent("tripwire")) at once"
    }
}

extension RolloutPreviewResult.Step {
    /// Who gets another answer than at the step before.
    fileprivate var who: String {
        guard let flag = self.impact?.flags.first else { return self.affected.percentText + " of all" }
        let users = self.impact?.synthetic == true ? "synthetic users" : "contexts"
        return "\(flag.changed.grouped) of \(flag.evaluated.grouped) \(users)"
    }
}
