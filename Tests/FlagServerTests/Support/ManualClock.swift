import FlagModel
import Synchronization
import TicketRuntime

/// A clock that a test sets. It begins where ``TokenForge`` has its present.
final class ManualClock: Sendable {
    private let elapsed = Mutex<Int64>(0)

    /// The time of day.
    var now: Timestamp { TokenForge.now.advanced(byMilliseconds: self.elapsed.withLock { $0 }) }

    /// The clock as the runtime takes it.
    var ticketClock: TicketClock {
        TicketClock(now: { self.now }, uptime: { self.elapsed.withLock { $0 } })
    }

    /// Lets time pass.
    func advance(seconds: Int64) {
        self.elapsed.withLock { $0 += seconds * 1000 }
    }
}
