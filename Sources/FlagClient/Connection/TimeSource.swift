import FlagModel

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where a client has the time from.
struct TimeSource: Sendable {
    /// Monotonic time that runs on while the machine sleeps. All waiting and ageing is measured by it.
    var now: @Sendable () -> ContinuousClock.Instant = { .now }
    /// The wall clock. It may jump: only the cache file's stamp and rules that read the time of day look at it.
    var wall: @Sendable () -> Timestamp = { Timestamp.wallClock }
    /// The time since the machine started, which no one sets; nil where the system does not say.
    var boot: @Sendable () -> BootMoment? = { BootMoment.now }
    /// Waits until a moment.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    var sleep: @Sendable (ContinuousClock.Instant) async throws -> Void = { instant in
        try await Task.sleep(until: instant, clock: .continuous)
    }
}

extension Timestamp {
    /// What the wall clock says.
    fileprivate static var wallClock: Self {
        let moment = systemTime(CLOCK_REALTIME)
        return Self(millisecondsSinceEpoch: Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000)
    }
}

extension Duration {
    /// The duration in nanoseconds; at the ends of the 64 bits (292 years) it stays there.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = self.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, carry) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carry ? (seconds < 0 ? .min : .max) : sum
    }

    /// The duration in milliseconds.
    var milliseconds: Int64 { self.nanoseconds / 1_000_000 }
}
