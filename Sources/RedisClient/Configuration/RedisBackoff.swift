/// How long to wait before the next attempt to connect: exponential, with full jitter.
///
/// Full jitter (a uniform draw between zero and the exponential bound) spreads the reconnects of many instances best;
/// see "Exponential Backoff And Jitter" in the AWS Architecture Blog.
public struct RedisBackoff: Sendable, Hashable {
    /// The bound for the first attempt after a loss.
    public var initial: Duration
    /// The bound that doubling never passes.
    public var maximum: Duration

    /// Makes a back-off; by default 50 milliseconds, doubling up to 5 seconds.
    public init(initial: Duration = .milliseconds(50), maximum: Duration = .seconds(5)) {
        self.initial = initial
        self.maximum = maximum
    }

    /// The wait before the next attempt.
    ///
    /// - Parameters:
    ///   - failures: How many attempts in a row have failed, from 0.
    ///   - fraction: The draw, from 0 up to 1.
    func delay(failures: Int, fraction: Double) -> Duration {
        var bound = self.initial
        var doublings = failures
        while doublings > 0, bound < self.maximum {
            bound *= 2
            doublings -= 1
        }
        return min(bound, self.maximum) * fraction
    }
}
