import FlagModel
import Synchronization

@testable import TicketRuntime

/// A clock that moves when a test says so.
final class ManualClock: Sendable {
    static let start: Int64 = 1_800_000_000_000
    private let milliseconds = Mutex<Int64>(ManualClock.start)

    var now: Timestamp { Timestamp(millisecondsSinceEpoch: self.milliseconds.withLock { $0 }) }

    func advance(by duration: Duration) {
        self.milliseconds.withLock { $0 += duration.milliseconds }
    }

    /// Both the time of day and the time passed.
    var clock: TicketClock {
        TicketClock(now: { self.now }, uptime: { self.now.millisecondsSinceEpoch })
    }

    /// The time of day only; leases on what Redis said run on the machine's clock.
    var timeOfDay: TicketClock {
        TicketClock(now: { self.now }, uptime: TicketClock.system.uptime)
    }
}
