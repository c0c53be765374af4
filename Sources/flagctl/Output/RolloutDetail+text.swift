import FlagAPI
import FlagModel

extension RolloutDetail {
    /// The rollout for people: where it stands, what it waits for, its steps and its guards.
    func text(_ session: Session) -> String {
        let summary = self.summary
        var facts = Facts()
        facts.add(
            "in force", self.stepInForce.map { "\($0.percentage.percentText) since revision \(self.revision ?? 0)" })
        facts.add("waits for", self.waitingFor.isEmpty ? nil : self.waitingFor.joined(separator: "\n"))
        facts.add("started", "\(summary.createdAt.short) by \(summary.author): \(summary.reason)")
        var text = session.style.apply(.bold, "rollout \(summary.id) of \(summary.flag) in \(summary.environment): ")
        text +=
            session.style.apply(summary.state.emphasis, summary.standing.printable) + "\n" + facts.text(session.style)
        text += session.table(
            [
                .init("STEP", isNumeric: true), .init("SHARE", isNumeric: true), .init("HOLD"), .init("APPROVAL"),
                .init(""),
            ],
            self.steps.map { [String($0.number)] + $0.cells + [$0.progress == .ahead ? "" : $0.progress.words] })
        guard !self.guards.isEmpty else { return text }
        return text
            + session.table(
                [.init("GUARD"), .init("VERDICT"), .init("READING", .shrinks)],
                self.guards.map { [$0.name, $0.verdict, $0.reading ?? ""] })
    }

    private var stepInForce: RolloutStepDetail? { self.steps.first { $0.progress == .inForce } }
}

extension RolloutSummary {
    /// Where it stands, and why: `holding, step 2 of 5`.
    var standing: String {
        let place = self.state.isOver || self.state == .scheduled ? "" : ", step \(self.step) of \(self.steps)"
        return self.state.rawValue + place + (self.cause.map { " (\($0.text))" } ?? "")
    }
}

extension RolloutCause {
    /// The cause in one line.
    var text: String { self.detail.isEmpty ? self.kind : "\(self.kind): \(self.detail)" }
}

extension RolloutState {
    fileprivate var emphasis: Style.Emphasis {
        switch self {
        case .completed, .holding, .running: .green
        case .scheduled, .paused, .awaitingApproval, .aborted: .yellow
        case .rolledBack: .red
        }
    }
}

extension RolloutStepDetail {
    /// Share, hold and approval.
    var cells: [String] {
        [
            self.percentage.percentText, self.holdSeconds > 0 ? Duration.text(seconds: self.holdSeconds) : "-",
            self.approval ? "needed" : "-",
        ]
    }
}

extension RolloutStepDetail.Progress {
    fileprivate var words: String { self == .inForce ? "in force" : self.rawValue }
}

extension Double {
    /// A share in percent: `25 %`.
    var percentText: String { JSONValue.number(self).canonical + " %" }
}
