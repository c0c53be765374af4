import FlagAPI
import FlagModel

/// Takes a change from the command line to its outcome: base revision, confirmation, commit, conflict, report.
struct ChangeFlow: Sendable {
    /// How a request is to be sent.
    struct Terms: Sendable {
        /// The revision that the change is made on; nil: a new environment.
        var base: Int64?
        /// Whether only to see what would happen.
        var isDryRun: Bool
        /// For whom to say who gets another answer; nil: nobody wants to know.
        var preview: PreviewRequest?
        /// When it is to be made; nil: at once.
        var schedule: ScheduleRequest?
    }

    /// Sends the request.
    typealias Send = @Sendable (Terms) async throws(Failure) -> CommitResult

    /// How often a change is re-applied before giving up on an environment that others keep changing.
    private static let attempts = 10

    let session: Session
    let api: APIClient
    let environment: EnvironmentName
    /// Only say what would happen.
    let isDryRun: Bool
    /// The base revision that the person named.
    let base: Int64?
    /// Whether a conflict leads to another try.
    let rebases: Bool
    /// Whether a person has to confirm a change of a protected environment.
    let asks: Bool
    /// The contexts for a preview that the person gave.
    let sample: PreviewRequest?
    /// How long to wait for every instance; nil: not at all.
    let patience: Duration?
    /// When the change is to be made; nil: at once.
    let schedule: ScheduleRequest?

    /// A flow for a change that the options describe.
    ///
    /// - Parameter sample: The contexts for a preview that the person gave.
    init(
        _ session: Session, _ api: APIClient, _ environment: EnvironmentName, _ options: CommitOptions,
        sample: PreviewRequest?
    ) {
        self.session = session
        self.api = api
        self.environment = environment
        self.isDryRun = options.reason.dryRun
        self.base = options.base
        self.sample = sample
        self.patience = options.reason.patience
        self.schedule = options.schedule.request
        self.rebases = options.rebase
        self.asks = !options.yes && !options.reason.dryRun && session.surroundings.console.isTerminal(.input)
    }

    /// Commits steps as one changeset.
    ///
    /// - Parameter seen: The revision that the steps were made up from; nil: whichever is in force.
    func commit(
        _ changes: [FlagChange], because reason: String, seen: Int64? = nil
    ) async throws(Failure) {
        let summary = seen == nil || self.asks ? try await self.api.environment(self.environment).summary : nil
        let base = self.base ?? seen ?? summary?.revision
        try await self.run(base: base, isProtected: summary?.protected ?? false) {
            [api, environment] terms throws(Failure) in
            let request = ChangesetRequest(
                baseRevision: terms.base ?? 0, reason: reason, changes: changes, dryRun: terms.isDryRun ? true : nil,
                preview: terms.preview, schedule: terms.schedule)
            return try await api.commit(request, to: environment)
        }
    }

    /// Sends a change and reports its outcome.
    ///
    /// - Parameters:
    ///   - base: The revision that the change is made on; nil for an environment that the change creates.
    ///   - isProtected: Whether the environment asks for care.
    func run(base: Int64?, isProtected: Bool, _ send: Send) async throws(Failure) {
        var base = base
        var seen: CommitResult?
        if self.asks, isProtected {
            let preview = try await self.attempt(&base, isDryRun: true, preview: self.sample ?? .usual, send)
            if preview.changed || preview.settingsChanged {
                let changes = preview.changes(self.session.errorStyle)
                guard self.session.confirm(changes, "\(self.environment) is protected. Make this change?") else {
                    throw Failure(.error, "not-confirmed", "nothing was changed")
                }
                seen = preview
            }
        }
        // Nobody waits twice for a preview, or for one that nobody asked for.
        let preview = seen == nil ? self.sample ?? (self.isDryRun ? .usual : nil) : nil
        let start = ContinuousClock.now
        var result = try await self.attempt(&base, isDryRun: self.isDryRun, preview: preview, send)
        let duration = ContinuousClock.now - start
        if let seen { result.impact = seen.impact }
        try await CommitReport(session: self.session, api: self.api, patience: self.patience)
            .show(result, after: duration, isKnown: seen != nil)
    }

    private func attempt(
        _ base: inout Int64?, isDryRun: Bool, preview: PreviewRequest?, _ send: Send
    ) async throws(Failure) -> CommitResult {
        var remaining = Self.attempts
        while true {
            do {
                return try await send(
                    Terms(base: base, isDryRun: isDryRun, preview: preview, schedule: self.schedule))
            } catch {
                guard error.status == .conflict else { throw error }
                remaining -= 1
                guard self.rebases, remaining > 0, let current = error.problem.currentRevision, current != base else {
                    throw await self.explained(error, base)
                }
                self.session.note("revision \(current) is in force by now: applying the change to it")
                base = current
            }
        }
    }

    /// The conflict, with who changed what since the base, and the way on.
    private func explained(_ conflict: Failure, _ base: Int64?) async -> Failure {
        var failure = conflict
        failure.hint =
            self.rebases
            ? "others keep changing \(self.environment); try again"
            : "look at the difference; --rebase applies your change to the revision in force"
        guard let base, let current = conflict.problem.currentRevision, current > base,
            let list = try? await self.api.revisions(self.environment, limit: Int(min(current - base, 20)))
        else { return failure }
        failure.notes = list.revisions.filter { $0.revision > base }.map { revision in
            "revision \(revision.revision) by \(revision.author) at \(revision.at.short): \(revision.reason)"
        }
        return failure
    }
}
