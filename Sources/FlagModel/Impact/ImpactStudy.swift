/// Compares the answers before and after a change for a sample of contexts, as far as it is told to go at a time.
///
/// The work is bounded: at most ``maximumEvaluations`` in all, so that with many flags affected fewer contexts are
/// evaluated. It goes on in steps so that a caller can give way to others in between, and stop when time is up: the
/// report is about what was evaluated until then.
///
/// ```swift
/// var study = ImpactStudy(from: inForce, to: proposed, sample: .synthetic(100_000))
/// while !study.isDone { study.advance(by: 1000) }
/// print(study.report)
/// ```
public struct ImpactStudy: Sendable {
    /// How often flags are evaluated at most.
    public static let maximumEvaluations = 1_000_000

    /// Whether every context was evaluated that the bound allows.
    public var isDone: Bool { self.position >= self.count }

    private let source: ImpactSample
    private let users: SyntheticUsers
    private let timestamp: Int64?
    private let count: Int
    private var tallies: [Tally]
    private var position = 0

    /// A study of which nothing is done yet.
    ///
    /// - Parameters:
    ///   - before: What is in force.
    ///   - after: What would be.
    ///   - sample: For whom; beyond ``ImpactSample/maximumCount`` contexts the rest is left out.
    ///   - timestamp: Seconds since the epoch, for rules that read `$flagd.timestamp`; nil leaves it unset.
    public init(from before: Snapshot, to after: Snapshot, sample: ImpactSample, timestamp: Int64? = nil) {
        let keys = before.content.flagsAffected(by: after.content)
        self.source = sample
        self.timestamp = timestamp
        self.users = SyntheticUsers(
            reading: sample.isSynthetic ? keys : [], of: [before.content, after.content])
        self.tallies = keys.map { Tally(flag: $0, before: before, after: after) }
        self.count = keys.isEmpty ? 0 : min(sample.count, Self.maximumSample(flags: keys.count))
    }

    /// For how many contexts so many flags are evaluated at most, before and after the change.
    ///
    /// - Parameter flags: How many flags are affected, 1 or more.
    public static func maximumSample(flags: Int) -> Int { Self.maximumEvaluations / (2 * max(1, flags)) }

    /// The report on a whole sample, worked out at once.
    public static func report(
        from before: Snapshot, to after: Snapshot, sample: ImpactSample, timestamp: Int64? = nil
    ) -> ImpactReport {
        var study = Self(from: before, to: after, sample: sample, timestamp: timestamp)
        study.advance(by: study.count)
        return study.report
    }

    /// Evaluates the next contexts.
    ///
    /// - Parameter contexts: How many; fewer where fewer are left.
    public mutating func advance(by contexts: Int) {
        let end = min(self.count, self.position + max(0, contexts))
        while self.position < end {
            let context = self.context(at: self.position)
            for index in self.tallies.indices { self.tallies[index].note(context, self.timestamp) }
            self.position += 1
        }
    }

    /// What was found so far.
    public var report: ImpactReport {
        ImpactReport(
            synthetic: self.source.isSynthetic, requested: Int64(self.source.count), sample: Int64(self.position),
            flags: self.tallies.map { $0.result(of: self.position) })
    }

    /// The contexts are spread over all that were given where not all are evaluated.
    private func context(at position: Int) -> EvaluationContext {
        switch self.source {
        case .contexts(let contexts): contexts[position * self.source.count / self.count]
        case .synthetic: self.users[position]
        }
    }
}

extension ImpactStudy {
    /// What happens to one flag's answers.
    private struct Tally: Sendable {
        /// A way from one answer to another.
        struct Way: Hashable, Sendable {
            var from: String?
            var to: String?
        }

        let flag: FlagKey
        let before: Snapshot
        let after: Snapshot
        /// The variants of both definitions that have another value afterwards.
        let revalued: Set<String>
        var ways: [Way: Int64] = [:]

        init(flag: FlagKey, before: Snapshot, after: Snapshot) {
            self.flag = flag
            self.before = before
            self.after = after
            let old = before.content.flags[flag]?.variants ?? [:]
            let new = after.content.flags[flag]?.variants ?? [:]
            self.revalued = Set(old.keys.filter { name in new[name].map { $0 != old[name] } ?? false })
        }

        mutating func note(_ context: EvaluationContext, _ timestamp: Int64?) {
            let old = self.before.evaluate(self.flag, for: context, timestamp: timestamp).variant
            let new = self.after.evaluate(self.flag, for: context, timestamp: timestamp).variant
            guard old != new || (!self.revalued.isEmpty && new.map(self.revalued.contains) ?? false) else { return }
            self.ways[Way(from: old, to: new), default: 0] += 1
        }

        func result(of evaluated: Int) -> ImpactReport.Flag {
            let transitions = self.ways.map { way, count in
                ImpactReport.Transition(
                    from: way.from, to: way.to, fromValue: self.value(of: way.from, in: self.before),
                    toValue: self.value(of: way.to, in: self.after), count: count,
                    share: Double(count) / Double(evaluated))
            }
            return ImpactReport.Flag(
                flag: self.flag, evaluated: Int64(evaluated), changed: self.ways.values.reduce(0, +),
                transitions: transitions.sorted {
                    ($1.count, $0.from ?? "", $0.to ?? "") < ($0.count, $1.from ?? "", $1.to ?? "")
                })
        }

        private func value(of variant: String?, in snapshot: Snapshot) -> JSONValue? {
            variant.flatMap { snapshot.content.flags[self.flag]?.variants[$0] }
        }
    }
}
