public import FlagModel

/// Judges a guard again and again while a step lasts, in three layers.
///
/// 1. The tripwire: so many failures of the cohort that nothing more is weighed, once there is a minimum of attempts.
/// 2. The comparison of the cohort with the rest (``RatioComparison``), over the whole step and over windows of 30 seconds,
///    five minutes and an hour, so that a fault is found as quickly at the end of a long step as at its beginning. Each
///    window of each length has its own part of the error, so that all verdicts together are mistaken with a probability of
///    at most `error`, however often ``observe(_:at:)`` is called and however long the step lasts.
/// 3. Too few attempts, counts of which some were left out, or bounds too wide to say anything: that is no verdict, and
///    nothing advances on it.
///
/// If the rest fails as well, and the cohort not more than the rest, it is an outage and not the rollout's doing.
public struct GuardMonitor: Sendable {
    /// The lengths of the windows, in milliseconds.
    private static let lengths: [Int64] = [30_000, 300_000, 3_600_000]
    /// After how long without any attempt what was counted before no longer tells how things are, in milliseconds.
    private static let silence: Int64 = 300_000

    private let rule: RolloutGuard
    private let start: Timestamp
    private let error: Double
    private var scales = Self.lengths.map(GuardWindows.init(milliseconds:))
    private var lastAttempt: (total: Int64, at: Timestamp)

    /// A monitor of a step that began at `start`.
    ///
    /// - Parameter error: The greatest probability of a mistaken `fail`, 0 to 1.
    public init(_ rule: RolloutGuard, since start: Timestamp, error: Double) {
        self.rule = rule
        self.start = start
        // The whole step, and each length of windows.
        self.error = error / Double(Self.lengths.count + 1)
        self.lastAttempt = (0, start)
    }

    /// Judges.
    ///
    /// - Parameter counts: What was counted since the step began.
    public mutating func observe(_ counts: GuardCounts, at now: Timestamp) -> GuardReading {
        if counts.cohort.attempts > self.lastAttempt.total { self.lastAttempt = (counts.cohort.attempts, now) }
        let step = Stretch(counts, since: self.start, to: now, error: self.error)
        var alarm = self.alarm(in: step).map { ($0, step) }
        for index in self.scales.indices {
            self.scales[index].move(to: now, counts)
            for window in self.scales[index].open where alarm?.0 != .fail {
                let stretch = Stretch(
                    counts - window.counts, since: window.start, to: now,
                    error: ErrorBudget.share(of: self.error, window.number))
                guard let verdict = self.alarm(in: stretch), alarm == nil || verdict == .fail else { continue }
                alarm = (verdict, stretch)
            }
        }
        if let (verdict, stretch) = alarm { return stretch.reading(verdict, self.rule.metric.phrase) }
        return step.reading(self.calm(step, at: now), self.rule.metric.phrase)
    }

    /// The first two layers.
    private func alarm(in stretch: Stretch) -> GuardVerdict? {
        let (cohort, rest) = (stretch.counts.cohort, stretch.counts.rest)
        if cohort.attempts >= self.rule.tripwireSample, cohort.ratio >= self.rule.tripwire {
            let restFails = rest.attempts >= self.rule.minimumSample && rest.ratio >= self.rule.maximum
            return restFails && !stretch.exceeds(self.rule.tolerance) ? .outage : .fail
        }
        if cohort.attempts >= self.rule.minimumSample {
            let fails =
                rest.attempts == 0 ? stretch.isTooHigh(above: self.rule.maximum) : stretch.exceeds(self.rule.tolerance)
            if fails { return .fail }
        }
        return stretch.isOutage(above: self.rule.maximum) ? .outage : nil
    }

    /// The third layer, or a pass.
    private func calm(_ step: Stretch, at now: Timestamp) -> GuardVerdict {
        let (cohort, rest) = (step.counts.cohort, step.counts.rest)
        guard step.counts.isComplete, cohort.attempts >= self.rule.minimumSample,
            rest.attempts == 0 || rest.attempts >= self.rule.minimumSample,
            now.milliseconds(since: self.lastAttempt.at) < Self.silence
        else { return .noData }
        return step.isHealthy(tolerance: self.rule.tolerance, maximum: self.rule.maximum) ? .pass : .inconclusive
    }
}
