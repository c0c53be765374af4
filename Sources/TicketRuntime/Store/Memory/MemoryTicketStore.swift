import FlagModel
import Synchronization

/// Tickets in the memory of one process: the embedded default, with the semantics of ``RedisTicketStore``.
///
/// A full store refuses to issue and forgets nothing: giving up a spent marker would make its ticket unknown, which is
/// refused as well, but giving up a ticket would break a promise to a user.
public final class MemoryTicketStore: TicketStore {
    private enum Entry {
        case record(TicketRecord)
        case spent(SpentTicket)
        case revoked(SubjectDigest)
    }

    private struct State {
        var tickets: ExpiringTable<TicketKey, Entry>
        /// The generation at which each user's tickets were revoked.
        var revocations: ExpiringTable<SubjectDigest, Int64>
        var generation: Int64 = 0
    }

    /// `memory`.
    public let keyPrefix = "memory"

    private let clock: TicketClock
    private let replayWindow: Duration
    private let state: Mutex<State>

    /// A store.
    ///
    /// - Parameters:
    ///   - capacity: The largest number of tickets, spent ones within the replay window included.
    ///   - replayWindow: For how long a spent ticket is told apart from an unknown one.
    ///   - clock: Decides when tickets end.
    public init(capacity: Int = 1_000_000, replayWindow: Duration = .seconds(300), clock: TicketClock = .system) {
        self.clock = clock
        self.replayWindow = replayWindow
        self.state = Mutex(
            State(tickets: ExpiringTable(capacity: capacity), revocations: ExpiringTable(capacity: capacity)))
    }

    /// Keeps a record until it ends.
    public func issue(_ record: TicketRecord, under key: TicketKey) async throws(TicketStoreError) {
        let now = self.now
        let problem = self.state.withLock { state -> TicketStoreError? in
            if state.tickets.value(key, now: now) != nil {
                return TicketStoreError(.randomUnavailable, "two tickets came out the same")
            }
            var record = record
            record.generation = state.generation
            let isKept = state.tickets.set(
                .record(record), for: key, end: record.expiresAt.millisecondsSinceEpoch, now: now)
            return isKept ? nil : Self.full
        }
        if let problem { throw problem }
    }

    /// Hands out the record to exactly one caller.
    public func consume(
        _ key: TicketKey, by use: SpentTicket, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketLookup {
        let now = self.now
        return self.state.withLock { state in
            let found = Self.lookup(key, in: state, now: now)
            switch state.tickets.value(key, now: now) {
            case .record(let record)?:
                let end = now + self.replayWindow.milliseconds
                // The key has an entry, so there is room for it.
                let marker: Entry = found == .revoked ? .revoked(record.owner) : .spent(use)
                _ = state.tickets.set(marker, for: key, end: end, now: now)
            case .spent?, .revoked?, nil: break
            }
            return found
        }
    }

    /// Marks a spent ticket as revoked.
    public func retract(_ key: TicketKey, owner: SubjectDigest) async {
        let now = self.now
        self.state.withLock { state in
            guard case .spent? = state.tickets.value(key, now: now), let end = state.tickets.end(of: key) else {
                return
            }
            _ = state.tickets.set(.revoked(owner), for: key, end: end, now: now)
        }
    }

    /// Reads a ticket and leaves it as it is.
    public func read(_ key: TicketKey, failover: TicketFailover) async throws(TicketStoreError) -> TicketLookup {
        let now = self.now
        return self.state.withLock { Self.lookup(key, in: $0, now: now) }
    }

    /// Revokes a ticket if it is `owner`'s.
    public func revoke(
        _ key: TicketKey, owner: SubjectDigest, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketRevocation {
        let now = self.now
        return self.state.withLock { state in
            switch state.tickets.value(key, now: now) {
            case .record(let record)?:
                guard record.owner == owner else { return .notOwner }
                _ = state.tickets.set(
                    .revoked(owner), for: key, end: record.expiresAt.millisecondsSinceEpoch, now: now)
                return .revoked
            case .revoked(let former)?: return former == owner ? .alreadyRevoked : .notOwner
            case .spent?, nil: return .notFound
            }
        }
    }

    /// Revokes all of a user's tickets issued so far.
    public func revokeAll(of owner: SubjectDigest, failover: TicketFailover) async throws(TicketStoreError) {
        let now = self.now
        let isKept = self.state.withLock { state in
            state.generation += 1
            return state.revocations.set(
                state.generation, for: owner, end: now + TicketTTL.maximum.milliseconds, now: now)
        }
        guard isKept else { throw Self.full }
    }

    /// How many tickets are held.
    public func probe() async throws(TicketStoreError) -> String {
        let count = self.state.withLock { $0.tickets.count }
        return "memory: \(count) tickets held"
    }

    private var now: Int64 { self.clock.now().millisecondsSinceEpoch }

    private static let full = TicketStoreError(
        .storeOverloaded, "the ticket store in memory is full; raise its capacity, or use Redis")

    private static func lookup(_ key: TicketKey, in state: borrowing State, now: Int64) -> TicketLookup {
        switch state.tickets.value(key, now: now) {
        case .record(let record)?:
            let revokedAt = state.revocations.value(record.owner, now: now)
            return revokedAt.map { record.generation < $0 } == true ? .revoked : .record(record)
        case .spent(let use)?: return .spent(use)
        case .revoked?: return .revoked
        case nil: return .absent
        }
    }
}
