import FlagModel
import RedisClient
import Synchronization

extension RedisTicketStore {
    /// How often a record is stamped anew because Redis failed over, or users were revoked, in the very moment.
    private static let stampAttempts = 4

    /// Keeps a record until it ends.
    ///
    /// The record carries the primary and the generation that this process believes in. If the answer shows that it
    /// believed wrongly, the record is written once more: nobody has been told of the ticket yet.
    public func issue(_ record: TicketRecord, under key: TicketKey) async throws(TicketStoreError) {
        var record = record
        let name = self.keys.ticket(key)
        let ttl = record.expiresAt.milliseconds(since: record.issuedAt)
        for attempt in 0..<Self.stampAttempts {
            let askedAt = self.clock.uptime()
            let (stamp, isFresh) = self.view.withLock {
                ($0.stamp, $0.isFresh(at: askedAt, lease: self.options.revocationLease.milliseconds))
            }
            record.epoch = stamp.epoch
            record.generation = stamp.generation
            let command =
                attempt == 0
                ? RedisCommand("SET", name, record.bytes, "NX", "PX", ttl)
                : RedisCommand("SET", name, record.bytes, "PX", ttl)
            let answer =
                isFresh
                ? try await self.ask(command)
                : try await self.ask(command, rememberingGeneration: true, askedAt: askedAt)
            guard !answer.value.isNull else {
                throw TicketStoreError(.randomUnavailable, "two tickets came out the same")
            }
            if answer.epoch == stamp.epoch, answer.generation ?? stamp.generation == stamp.generation { return }
            self.view.withLock { $0.moved(to: answer.epoch) }
        }
        throw TicketStoreError(.storeUnreachable, "Redis changes its primary faster than a ticket can be issued")
    }
}
