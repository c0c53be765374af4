/// How long a ticket is good for: 1 to 3600 seconds.
public struct TicketTTL: Sendable, Hashable, Comparable {
    /// The seconds allowed.
    public static let bounds: ClosedRange<Int64> = 1...3600
    /// The bound's end.
    public static let maximum = Self(uncheckedSeconds: 3600)
    /// What applies when no flag says anything: 30 seconds.
    public static let builtIn = Self(uncheckedSeconds: 30)

    /// Whole seconds.
    public let seconds: Int64

    private init(uncheckedSeconds: Int64) { self.seconds = uncheckedSeconds }

    /// So many seconds, or nil outside ``bounds``.
    public init?(seconds: Int64) {
        guard Self.bounds.contains(seconds) else { return nil }
        self.seconds = seconds
    }

    /// The same in milliseconds.
    public var milliseconds: Int64 { self.seconds * 1000 }

    /// Whether `left` is shorter.
    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
}
