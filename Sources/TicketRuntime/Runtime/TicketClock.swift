public import FlagModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What time it is, and how much time has passed. Tests bring their own.
public struct TicketClock: Sendable {
    /// The time of day, which tickets carry and other machines compare. It may jump.
    public var now: @Sendable () -> Timestamp
    /// Milliseconds since some moment, which never go back: for pauses and leases within this process.
    public var uptime: @Sendable () -> Int64
    /// Microseconds since some moment, which never go back: for how long an operation took.
    public var microseconds: @Sendable () -> Int64

    /// A clock of three parts.
    public init(
        now: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Int64,
        microseconds: @escaping @Sendable () -> Int64 = Self.monotonicMicroseconds
    ) {
        self.now = now
        self.uptime = uptime
        self.microseconds = microseconds
    }

    /// What the machine's monotonic clock says.
    @Sendable
    public static func monotonicMicroseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// The machine's clocks.
    public static let system = Self(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Timestamp(millisecondsSinceEpoch: Self.milliseconds(time))
        },
        uptime: {
            var time = timespec()
            #if os(Linux)
                // Goes on while the machine is suspended, unlike CLOCK_MONOTONIC there.
                clock_gettime(CLOCK_BOOTTIME, &time)
            #else
                clock_gettime(CLOCK_MONOTONIC, &time)
            #endif
            return Self.milliseconds(time)
        })

    private static func milliseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
