/// Attempts and failures, counted.
public struct Tally: Sendable, Hashable {
    /// How many were made.
    public var attempts: Int64
    /// How many of them failed.
    public var failures: Int64

    /// A count; what cannot be is brought within what can.
    public init(attempts: Int64 = 0, failures: Int64 = 0) {
        self.attempts = max(0, attempts)
        self.failures = min(max(0, failures), self.attempts)
    }

    /// The share of failures; 0 when there were no attempts.
    public var ratio: Double { self.attempts == 0 ? 0 : Double(self.failures) / Double(self.attempts) }

    /// Both together.
    public static func + (left: Self, right: Self) -> Self {
        Self(
            attempts: left.attempts.addingClamped(right.attempts), failures: left.failures.addingClamped(right.failures)
        )
    }

    /// Adds what was counted besides.
    public static func += (left: inout Self, right: Self) { left = left + right }

    /// What was counted after `earlier`.
    public static func - (left: Self, right: Self) -> Self {
        Self(attempts: left.attempts - right.attempts, failures: left.failures - right.failures)
    }
}

extension Int64 {
    /// The sum, or the greatest number there is.
    fileprivate func addingClamped(_ other: Self) -> Self {
        let (sum, overflow) = self.addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
