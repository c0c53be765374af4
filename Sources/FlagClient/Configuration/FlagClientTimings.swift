/// How long a client waits for what. The defaults suit a service beside its control plane; all of it is monotonic time.
public struct FlagClientTimings: Sendable, Hashable {
    /// How long the head of an answer, and the first byte of a stream, may take. 10 ms to 5 min; 10 s.
    public var responseTimeout: Duration = .seconds(10)
    /// How often the control plane sends a heartbeat at least. A stream silent for two and a half of them is dead.
    /// 10 ms to 10 min; 15 s.
    public var heartbeatInterval: Duration = .seconds(15)
    /// The shortest and the longest wait after a failure. Between them it doubles, with full jitter.
    /// 1 ms to 1 h; 100 ms to 30 s.
    public var backOff: ClosedRange<Duration> = .milliseconds(100) ... .seconds(30)
    /// At most so long a client waits before it comes back to a server that ended its stream in good order: an instant of
    /// its own for each, so that they do not all come at once. 0 to 1 min; 500 ms.
    public var returnJitter: Duration = .milliseconds(500)
    /// A stream that has lived so long is a good one. 10 ms to 1 h; 30 s.
    public var settledAfter: Duration = .seconds(30)
    /// So many streams in a row that broke before that, or that delivered nothing, mean that streams do not get through,
    /// and the client polls. 1 to 100; 3. Until there is a first snapshot, one is enough.
    public var streamFailuresBeforePolling: Int = 3
    /// The time between two polls. 10 ms to 1 h; 10 s.
    public var pollInterval: Duration = .seconds(10)
    /// While polling, the shortest and the longest time between two attempts to get a stream through. It doubles.
    /// 10 ms to 24 h; 5 s to 1 min.
    public var streamTrialInterval: ClosedRange<Duration> = .seconds(5) ... .seconds(60)
    /// How long a whole exchange other than a stream may take: a poll, a report. 10 ms to 5 min; 20 s.
    public var requestTimeout: Duration = .seconds(20)
    /// How long the shutdown may wait for the control plane to take the client's goodbye. 0 to 1 min; 2 s.
    public var goodbyeTimeout: Duration = .seconds(2)
    /// How often the stamp of the cache file is renewed while the control plane is heard, if any flag has an `onStale`
    /// that a restart would have to know it for. 10 ms to 24 h; 1 min.
    public var cacheRefreshInterval: Duration = .seconds(60)

    /// The default timings.
    public init() {}

    /// How long a stream may be silent.
    var silenceLimit: Duration { self.heartbeatInterval * 5 / 2 }

    /// The members out of their range, each with what it may be.
    var faults: [String] {
        var faults: [String] = []
        func check(_ name: String, _ value: Duration, _ range: ClosedRange<Duration>) {
            guard !range.contains(value) else { return }
            faults.append("timings.\(name) is \(value), it may be \(range.lowerBound) to \(range.upperBound)")
        }
        let moment = Duration.milliseconds(10)
        check("responseTimeout", self.responseTimeout, moment ... .seconds(300))
        check("heartbeatInterval", self.heartbeatInterval, moment ... .seconds(600))
        check("backOff.lowerBound", self.backOff.lowerBound, .milliseconds(1) ... .seconds(3600))
        check("backOff.upperBound", self.backOff.upperBound, .milliseconds(1) ... .seconds(3600))
        check("returnJitter", self.returnJitter, .zero ... .seconds(60))
        check("settledAfter", self.settledAfter, moment ... .seconds(3600))
        check("pollInterval", self.pollInterval, moment ... .seconds(3600))
        check("streamTrialInterval.lowerBound", self.streamTrialInterval.lowerBound, moment ... .seconds(86_400))
        check("streamTrialInterval.upperBound", self.streamTrialInterval.upperBound, moment ... .seconds(86_400))
        check("requestTimeout", self.requestTimeout, moment ... .seconds(300))
        check("goodbyeTimeout", self.goodbyeTimeout, .zero ... .seconds(60))
        check("cacheRefreshInterval", self.cacheRefreshInterval, moment ... .seconds(86_400))
        if !(1...100).contains(self.streamFailuresBeforePolling) {
            faults.append(
                "timings.streamFailuresBeforePolling is \(self.streamFailuresBeforePolling), it may be 1 to 100")
        }
        return faults
    }
}
