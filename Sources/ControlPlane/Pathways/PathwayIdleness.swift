public import FlagModel

/// What is known of nobody's coming in by a pathway.
public struct PathwayIdleness: Sendable, Hashable {
    /// How long ago somebody has to have come in by another pathway, in seconds: where nobody is seen at all, it is the
    /// counting that has stopped.
    private static let witnessWindow: Int64 = 86_400

    /// Since when the pathway's use is counted; nil: it is not.
    public var watchedSince: Timestamp?
    /// When it let somebody in last; nil: never since.
    public var lastGrant: Timestamp?
    /// When another pathway let somebody in last; nil: never since.
    public var lastGrantElsewhere: Timestamp?

    /// What is known.
    public init(watchedSince: Timestamp? = nil, lastGrant: Timestamp? = nil, lastGrantElsewhere: Timestamp? = nil) {
        self.watchedSince = watchedSince
        self.lastGrant = lastGrant
        self.lastGrantElsewhere = lastGrantElsewhere
    }

    /// What the records of an environment tell of a pathway.
    init(of pathway: String, in records: [PathwayRecord]) {
        let record = records.first { $0.pathway == pathway }
        self.watchedSince = record?.watchedSince
        self.lastGrant = record?.lastGrant
        self.lastGrantElsewhere = records.filter { $0.pathway != pathway }.compactMap(\.lastGrant).max()
    }

    /// Since when nobody is known to have come in; nil: nothing is known.
    var since: Timestamp? {
        self.watchedSince.map { max($0, self.lastGrant ?? $0) }
    }

    /// A pass when nobody has come in for as long as the condition says. Otherwise there is no verdict: a use is no fault,
    /// and the rollout waits.
    func reading(_ condition: IdleCondition, at now: Timestamp) -> GuardReading {
        let idle = self.since.map { now.milliseconds(since: $0) }
        let verdict: GuardVerdict
        if let idle, let witness = self.lastGrantElsewhere,
            now.milliseconds(since: witness) <= min(condition.seconds, Self.witnessWindow) * 1000
        {
            verdict = idle >= condition.seconds * 1000 ? .pass : .inconclusive
        } else {
            verdict = .noData
        }
        return GuardReading(
            verdict: verdict,
            evidence: .idle(IdleEvidence(condition: condition, idleness: self, milliseconds: idle)))
    }
}
