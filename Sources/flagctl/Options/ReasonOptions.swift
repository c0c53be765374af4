import ArgumentParser
import FlagAPI

/// What every change takes.
struct ReasonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @Flag(help: "Only say what would change.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Contexts for which to say who gets another answer (a JSON array, JSON lines or a YAML list; - is standard input); by default a dry run and a question do so for 100,000 synthetic users.",
            valueName: "path"),
        completion: .file())
    var sample: String?

    @Flag(
        help:
            "Wait until every instance has the change (--wait=10s: so long at most); ends with code 7 when one has not."
    )
    var wait = false

    @Option(
        help: ArgumentHelp("How long --wait waits, as 10s or 2m.", valueName: "duration"), transform: Arguments.seconds)
    var waitTimeout: Int64 = 30

    func validate() throws {
        guard !self.wait || !self.dryRun else {
            throw ValidationError("--wait goes with a change that is made, not with --dry-run")
        }
    }

    /// How long to wait for every instance; nil: not at all.
    var patience: Duration? { self.wait ? .seconds(self.waitTimeout) : nil }

    /// The given contexts, if there are any.
    func givenSample(_ session: Session) throws(Failure) -> PreviewRequest? {
        guard let path = self.sample else { return nil }
        return PreviewRequest(contexts: try SampleFile.contexts(path, session))
    }

    /// For whom a change that is sent at once is previewed: who changes something for real and names no sample does not
    /// wait for a preview.
    func preview(_ session: Session) throws(Failure) -> PreviewRequest? {
        try self.givenSample(session) ?? (self.dryRun ? .usual : nil)
    }
}
