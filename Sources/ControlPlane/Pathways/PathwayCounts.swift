/// How often a pathway was tried, and let somebody in.
public struct PathwayCounts: Sendable, Hashable {
    /// How often it was tried.
    public var attempts: Int64
    /// How often it let somebody in.
    public var grants: Int64

    /// Counts.
    public init(attempts: Int64 = 0, grants: Int64 = 0) {
        self.attempts = attempts
        self.grants = grants
    }

    /// How often it let nobody in.
    public var refusals: Int64 { self.attempts - self.grants }

    /// What of the fleet's totals belongs to each pathway.
    ///
    /// A ticket is tried when it is consumed, whoever asked for that; every other credential when it decides a handshake or
    /// is passed over in one.
    static func byPathway(_ totals: [TelemetrySeries: Int64]) -> [String: PathwayCounts] {
        var counts: [String: PathwayCounts] = [:]
        for (series, count) in totals {
            guard case .attempts(let operation, let pathway, _, let refusal) = series,
                pathway == Self.ticket
                    ? operation == "consume" : operation == "authenticate" || operation == "pass-over"
            else { continue }
            counts[pathway, default: PathwayCounts()].attempts += count
            if refusal == nil { counts[pathway, default: PathwayCounts()].grants += count }
        }
        return counts
    }

    private static let ticket = "ticket"

    /// What was counted since `other`, of numbers that only grow.
    static func - (left: Self, right: Self) -> Self {
        Self(attempts: left.attempts - right.attempts, grants: left.grants - right.grants)
    }
}
