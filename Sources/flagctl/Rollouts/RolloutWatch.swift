import FlagAPI
import FlagModel

/// Stays with a rollout until it is where somebody wants it, or cannot get there by itself.
struct RolloutWatch: Sendable {
    /// Between two looks.
    private static let pause: Duration = .milliseconds(500)

    private let session: Session
    private let api: APIClient
    private let environment: EnvironmentName
    private let id: Int64
    private let goal: RolloutGoal?
    private let limit: Duration?

    init(
        _ session: Session, _ api: APIClient, _ environment: EnvironmentName, _ id: Int64,
        _ options: RolloutWatchOptions
    ) {
        self.session = session
        self.api = api
        self.environment = environment
        self.id = id
        self.goal = options.until
        self.limit = options.within.map { .seconds($0) }
    }

    /// Watches to the end.
    ///
    /// - Throws: ``Failure`` with the status that the rollout's end has, or ``ExitStatus/timedOut``; over the network's
    ///   troubles and restarts of the server it goes on.
    func run() async throws(Failure) {
        let start = ContinuousClock.now
        var shown = 0
        var last: RolloutDetail?
        var isAway = false
        while true {
            do throws(Failure) {
                let detail = try await self.api.rollout(self.id, in: self.environment)
                try await self.show(detail, after: last, &shown)
                last = detail
                isAway = false
            } catch {
                guard error.problem.status == 0 || error.problem.status >= 500,
                    error.problem.type != "output-not-written"
                else { throw error }
                if !isAway { self.session.note("\(error.line); trying again") }
                isAway = true
            }
            if let last, let status = last.end(for: self.goal) {
                if status == .success { return }
                throw last.failure(status)
            }
            if let limit = self.limit, ContinuousClock.now - start >= limit {
                throw self.timeout(last)
            }
            await self.session.surroundings.sleep(Self.pause)
        }
    }

    /// In place on a terminal; else a line for each thing that happened; one JSON object a line for programs.
    private func show(
        _ detail: RolloutDetail, after last: RolloutDetail?, _ shown: inout Int
    ) async throws(Failure) {
        guard self.session.format == .table else {
            if detail != last { try self.session.write(try Session.json(detail).canonical + "\n") }
            return
        }
        if self.session.surroundings.console.isTerminal(.output) {
            return try self.session.write("\u{1B}[H\u{1B}[2J" + detail.text(self.session))
        }
        guard detail.summary.updatedAt != last?.summary.updatedAt || detail.summary.state != last?.summary.state else {
            return
        }
        let entries = try await self.api.rolloutHistory(self.id, in: self.environment).entries
        for entry in entries.dropFirst(shown) { try self.session.write(entry.line + "\n") }
        shown = entries.count
    }

    private func timeout(_ last: RolloutDetail?) -> Failure {
        let standing = last.map { "is \($0.summary.standing)" } ?? "could not be looked at"
        var failure = Failure(.timedOut, "rollout-not-there", "the time is over: rollout \(self.id) \(standing)")
        failure.notes = last?.waitingFor.map { "it waits for \($0)" } ?? []
        return failure
    }
}
