import FlagModel
import Synchronization

/// The tickets that this process consumed and that have not ended yet: what protects against their second life under
/// ``TicketFailover/fast``, within the process.
final class ConsumedTickets: Sendable {
    /// By how much clocks may differ, in milliseconds.
    private static let skew: Int64 = 5000

    private let table: Mutex<ExpiringTable<TicketKey, SpentTicket>>

    init(capacity: Int) {
        self.table = Mutex(ExpiringTable(capacity: capacity))
    }

    /// Remembers a use until the ticket's end. When there is no room, the ticket that ends first is forgotten.
    ///
    /// - Returns: The former use, if there is one; it stays.
    func remember(_ key: TicketKey, _ use: SpentTicket, until end: Timestamp) -> SpentTicket? {
        let now = use.at.millisecondsSinceEpoch
        return self.table.withLock { table in
            if let former = table.value(key, now: now) { return former }
            let end = end.millisecondsSinceEpoch + Self.skew
            if !table.set(use, for: key, end: end, now: now) {
                table.removeFirstToEnd()
                _ = table.set(use, for: key, end: end, now: now)
            }
            return nil
        }
    }

    /// The use of a ticket, if this process remembers one.
    func use(of key: TicketKey, now: Timestamp) -> SpentTicket? {
        self.table.withLock { $0.value(key, now: now.millisecondsSinceEpoch) }
    }
}
