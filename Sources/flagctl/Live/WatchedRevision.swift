import FlagAPI
import FlagModel

/// What `flagctl watch` shows of a revision.
struct WatchedRevision: Encodable, Sendable {
    /// Who made it, when and why.
    var revision: RevisionSummary
    /// What changed.
    var difference: ContentDifference
    /// Which instances have it; nil: the server did not say in time.
    var convergence: ConvergenceReport?

    /// Who, why, when and what.
    func heading(_ style: Style) -> String {
        let revision = self.revision
        let origin = revision.restoredRevision.map { " (content of revision \($0))" } ?? ""
        let verb = revision.kind == .commit ? "" : " \(revision.kind.rawValue)"
        let title = "revision \(revision.revision)\(origin)\(verb) by \(revision.author): \(revision.reason)"
        return style.apply(.dim, revision.at.short) + "  " + style.apply(.bold, title.printable) + "\n"
            + self.difference.text(style)
    }

    /// Where it is in force.
    func footing(_ style: Style) -> String {
        guard let report = self.convergence else { return "" }
        let emphasis: Style.Emphasis = report.converged ? .green : .yellow
        let words =
            report.superseded && !report.converged
            ? "\(report.reach); revision \(report.currentRevision) has replaced it" : report.sentence
        return ([style.apply(emphasis, words)] + report.laggardLines.map { "  " + $0.printable })
            .map { $0 + "\n" }.joined()
    }
}
