/// What an instance says of its counts: all of them, since which start.
public struct TelemetryReport: Sendable, Hashable, Codable {
    /// The most entries of each kind that a report may have.
    public static let limit = 1000

    /// Names the start since which was counted, so that a restart is not taken for counts that fell: chosen at random when
    /// the process starts, in the form of a ``FlagKey``.
    public var start: String
    /// How long ago that start was, in milliseconds.
    public var ageMilliseconds: Int64
    /// What was counted since.
    public var counts: TelemetryCounts

    /// A report.
    public init(start: String, ageMilliseconds: Int64, counts: TelemetryCounts) {
        self.start = start
        self.ageMilliseconds = ageMilliseconds
        self.counts = counts
    }

    /// What is wrong with a report that came from elsewhere.
    ///
    /// - Parameter path: Where it stands.
    public func issues(at path: String) -> [Issue] {
        var issues: [Issue] = []
        func check(_ isRight: Bool, _ member: String, _ message: String) {
            if !isRight { issues.append(Issue(path: "\(path).\(member)", message: message)) }
        }
        check(Self.isName(self.start), "start", "use \(FlagKey.pattern)")
        check(self.ageMilliseconds >= 0, "ageMilliseconds", "expected 0 or more")
        let counts = self.counts
        let sizes = [
            "attempts": counts.attempts.count, "latencies": counts.latencies.count, "counters": counts.counters.count,
        ]
        for (member, size) in sizes.sorted(by: { $0.key < $1.key }) {
            check(size <= Self.limit, "counts.\(member)", "has \(size) entries; \(Self.limit) are taken at most")
        }
        let areAttemptsRight = counts.attempts.prefix(Self.limit).allSatisfy { entry in
            [entry.operation, entry.pathway, entry.refusal ?? "none"].allSatisfy(Self.isName) && entry.count >= 0
        }
        check(areAttemptsRight, "counts.attempts", "expected names of \(FlagKey.pattern), and numbers from 0")
        let areLatenciesRight = counts.latencies.prefix(Self.limit).allSatisfy { entry in
            Self.isName(entry.operation) && entry.buckets.count == LatencyBuckets.count
                && entry.buckets.allSatisfy { $0 >= 0 } && entry.sumMicroseconds >= 0
        }
        check(
            areLatenciesRight, "counts.latencies", "expected \(LatencyBuckets.count) buckets each, and numbers from 0")
        let areCountersRight = counts.counters.prefix(Self.limit).allSatisfy { entry in
            Self.isName(entry.name) && entry.failures >= 0 && entry.failures <= entry.attempts
        }
        check(
            areCountersRight, "counts.counters",
            "expected names of \(FlagKey.pattern), and no more failures than attempts, from 0")
        return issues
    }

    private static func isName(_ text: String) -> Bool { FlagKey.isValid(text) }
}
