internal import FlagModel

/// Judges the answers to a guard's query.
///
/// A number is compared with the bounds as it is: how much it varies by chance is for the query to smooth, and for the time
/// that it has to be bad. Without an answer there is no verdict, and that time begins anew.
struct QueryMonitor: Sendable {
    /// An older answer says nothing, in milliseconds.
    private static let freshness: Int64 = 30_000

    private let condition: QueryCondition
    private var breachedSince: Timestamp?

    init(_ condition: QueryCondition) {
        self.condition = condition
    }

    mutating func observe(_ answer: QueryAnswer, at now: Timestamp) -> GuardReading {
        switch answer {
        case .value(let value, let at) where value.isFinite && now.milliseconds(since: at) <= Self.freshness:
            guard self.condition.isBreached(by: value) else {
                self.breachedSince = nil
                return self.reading(.pass, value, at: now)
            }
            let since = self.breachedSince ?? at
            self.breachedSince = since
            let isLong = now.milliseconds(since: since) >= self.condition.seconds * 1000
            return self.reading(isLong ? .fail : .inconclusive, value, at: now)
        case .value(let value, _):
            let problem = value.isFinite ? "the last answer is too old" : "the answer is not a number"
            return self.silence(problem, at: now)
        case .nothing(let problem): return self.silence(problem, at: now)
        }
    }

    private mutating func silence(_ problem: String, at now: Timestamp) -> GuardReading {
        self.breachedSince = nil
        return self.reading(.noData, nil, problem, at: now)
    }

    private func reading(
        _ verdict: GuardVerdict, _ value: Double?, _ problem: String? = nil, at now: Timestamp
    ) -> GuardReading {
        let breached = self.breachedSince.map { now.milliseconds(since: $0) } ?? 0
        return GuardReading(
            verdict: verdict,
            evidence: .query(
                QueryEvidence(condition: self.condition, value: value, problem: problem, milliseconds: breached)))
    }
}
