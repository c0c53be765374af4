public import FlagModel

/// A verdict with the numbers that it rests on: what is stored with a decision.
public struct GuardReading: Sendable, Hashable {
    /// The numbers, by the kind of the guard.
    public enum Evidence: Sendable, Hashable {
        /// Of attempts, those that failed.
        case ratio(RatioEvidence)
        /// The answer to a query.
        case query(QueryEvidence)
        /// For how long nobody came in by a pathway.
        case idle(IdleEvidence)
    }

    /// The verdict.
    public var verdict: GuardVerdict
    /// The numbers.
    public var evidence: Evidence

    /// A verdict with its numbers.
    public init(verdict: GuardVerdict, evidence: Evidence) {
        self.verdict = verdict
        self.evidence = evidence
    }

    /// A verdict on ratios.
    public init(verdict: GuardVerdict, counts: GuardCounts, milliseconds: Int64, error: Double) {
        self.init(
            verdict: verdict,
            evidence: .ratio(RatioEvidence(counts: counts, milliseconds: milliseconds, error: error)))
    }

    /// The evidence as JSON.
    public var json: JSONValue {
        var members: [String: JSONValue]
        switch self.evidence {
        case .ratio(let ratio): members = ratio.members
        case .query(let query): members = query.members
        case .idle(let idle): members = idle.members
        }
        members["verdict"] = .string(self.verdict.rawValue)
        return .object(members)
    }
}

extension GuardReading: CustomStringConvertible {
    /// The numbers in one line.
    public var description: String {
        switch self.evidence {
        case .ratio(let ratio): ratio.description
        case .query(let query): query.description
        case .idle(let idle): idle.description
        }
    }
}
