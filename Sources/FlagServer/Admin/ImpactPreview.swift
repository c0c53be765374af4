internal import FlagModel

/// Compares the answers before and after a change, giving way to other requests between the steps and giving up on the
/// rest of the sample when rules are so costly that it takes long.
struct ImpactPreview: Sendable {
    /// How long other requests wait for a preview.
    private static let slice: Duration = .milliseconds(2)

    /// How long a preview may take.
    let limit: Duration
    /// What time it is, for rules that ask for it.
    let now: @Sendable () -> Timestamp

    func report(from before: Snapshot, to after: Snapshot, _ sample: ImpactSample) async -> ImpactReport {
        var study = ImpactStudy(
            from: before, to: after, sample: sample, timestamp: self.now().millisecondsSinceEpoch / 1000)
        let start = ContinuousClock.now
        while !study.isDone, ContinuousClock.now - start < self.limit {
            let slice = ContinuousClock.now
            repeat { study.advance(by: 4) } while !study.isDone && ContinuousClock.now - slice < Self.slice
            await Task.yield()
        }
        return study.report
    }
}
