import FlagAPI
import FlagModel

/// Reports what a change did and, where that is wanted, sees it arrive everywhere.
struct CommitReport: Sendable {
    let session: Session
    let api: APIClient
    /// How long to wait for every instance; nil: not at all.
    let patience: Duration?

    /// Shows the outcome of a change.
    ///
    /// - Parameters:
    ///   - duration: How long the request took.
    ///   - isKnown: Whether the person has just seen (and confirmed) what changes.
    /// - Throws: ``Failure`` with status ``ExitStatus/notConverged`` when somebody lags behind.
    func show(_ result: CommitResult, after duration: Duration, isKnown: Bool = false) async throws(Failure) {
        try await self.show(result, revision: result.dryRun ? nil : result.revision, in: result.environment) {
            result.text(self.session.style, after: duration, isKnown: isKnown)
        }
    }

    /// Shows what a request did.
    ///
    /// - Parameter revision: The revision that is to arrive everywhere; nil: none.
    /// - Throws: ``Failure`` with status ``ExitStatus/notConverged`` when somebody lags behind.
    func show(
        _ result: some Encodable, revision: Int64?, in environment: EnvironmentName, _ text: () -> String
    ) async throws(Failure) {
        guard let patience = self.patience, let revision else { return try self.session.show(result, text) }
        // People see at once that the change is made; programs read one document.
        let isForPeople = self.session.format == .table
        if isForPeople {
            try self.session.write(text())
        }
        let wait = ConvergenceWait(
            session: self.session, api: self.api, environment: environment, revision: revision)
        let report = try await wait.wait(patience)
        if !isForPeople {
            var members = try Session.json(result).objectValue ?? [:]
            if let report { members["convergence"] = try Session.json(report) }
            try self.session.show(JSONValue.object(members)) { "" }
        }
        guard let report, report.converged else { throw Self.failure(revision, environment, report, patience) }
        if isForPeople { try self.session.write(self.session.style.apply(.bold, report.sentence) + "\n") }
    }

    private static func failure(
        _ revision: Int64, _ environment: EnvironmentName, _ report: ConvergenceReport?, _ patience: Duration
    ) -> Failure {
        let hint = "look again with: flagctl instances \(environment)"
        guard let report else {
            return Failure(
                .notConverged, "not-converged",
                "revision \(revision) is in force, but within \(patience.inWords) the server did not say where",
                hint: hint)
        }
        var detail = report.reach
        if report.superseded {
            detail += "; revision \(report.currentRevision) has replaced it meanwhile"
        } else {
            detail += " after \(patience.inWords)"
        }
        var failure = Failure(.notConverged, "not-converged", detail, hint: hint)
        failure.notes = report.laggardLines
        return failure
    }
}
