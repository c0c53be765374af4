import FlagModel
import RedisClient
import Synchronization

extension RedisTicketStore {
    /// Hands out a ticket's record to exactly one caller.
    ///
    /// A later caller's marker takes the place of the first one; it is put back, so that a replay is always told when the
    /// ticket was used *first*. Only racers of the same moment may be told of each other.
    public func consume(
        _ key: TicketKey, by use: SpentTicket, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketLookup {
        let name = self.keys.ticket(key)
        let askedAt = self.clock.uptime()
        let command = RedisCommand(
            "SET", name, SpentMarker(use), "XX", "GET", "EX",
            max(1, (self.options.replayWindow.milliseconds + 999) / 1000))
        let isFresh = self.isFresh(at: askedAt)
        let answer =
            isFresh && failover != .replicated
            ? try await self.ask(command, spending: true)
            : try await self.ask(
                command, rememberingGeneration: !isFresh, askedAt: askedAt, confirming: failover == .replicated,
                spending: true)
        guard let bytes = answer.value.bytes else { return answer.value.isNull ? .absent : .unreadable }
        switch StoredTicket(bytes: bytes) {
        case .record(let record):
            if failover == .replicated, answer.confirmations ?? 0 < 1 { return .unconfirmed }
            if failover == .fast, let former = self.consumed.remember(key, use, until: record.expiresAt) {
                return .spent(former)
            }
            let lookup = try await self.judge(record, answer, failover: failover)
            switch lookup {
            case .revoked, .otherEpoch: await self.retract(key, owner: record.owner)
            default: break
            }
            return lookup
        case .spent(let former):
            try await self.putBack(bytes, under: name)
            return .spent(former)
        case .revoked:
            try await self.putBack(bytes, under: name)
            return .revoked
        case .unreadable: return .unreadable
        }
    }

    /// Reads a ticket and leaves it as it is.
    public func read(_ key: TicketKey, failover: TicketFailover) async throws(TicketStoreError) -> TicketLookup {
        let askedAt = self.clock.uptime()
        let command = RedisCommand("GET", self.keys.ticket(key))
        let answer =
            self.isFresh(at: askedAt)
            ? try await self.ask(command)
            : try await self.ask(command, rememberingGeneration: true, askedAt: askedAt)
        guard let bytes = answer.value.bytes else { return answer.value.isNull ? .absent : .unreadable }
        switch StoredTicket(bytes: bytes) {
        case .record(let record):
            if failover == .fast, let use = self.consumed.use(of: key, now: self.clock.now()) { return .spent(use) }
            return try await self.judge(record, answer, failover: failover)
        case .spent(let use): return .spent(use)
        case .revoked: return .revoked
        case .unreadable: return .unreadable
        }
    }

    /// Puts the mark of a revoked ticket in the place of the spent marker of one that was consumed and refused.
    public func retract(_ key: TicketKey, owner: SubjectDigest) async {
        let marker = [StoredTicket.revokedMark] + owner.withBytes { Array($0) }
        do throws(TicketStoreError) {
            try await self.putBack(marker, under: self.keys.ticket(key))
        } catch {
            // The ticket is refused either way; only the reason that a second caller is told is less exact.
        }
    }

    /// Whether a record that Redis handed out is good: issued by the primary that answers, and not revoked with all of
    /// its owner's.
    ///
    /// The lease has to last until now, not until the question was sent: if Redis was slow to answer, a revocation may
    /// have come before the command, and have returned.
    private func judge(
        _ record: TicketRecord, _ answer: Answer, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketLookup {
        if failover == .fenced, record.epoch != answer.epoch { return .otherEpoch(record) }
        let known =
            answer.generation
            ?? self.view.withLock {
                $0.generation(
                    in: answer.epoch, at: self.clock.uptime(), lease: self.options.revocationLease.milliseconds)
            }
        if known == record.generation { return .record(record) }
        do throws(RedisError) {
            let mark = try await self.client.send(RedisCommand("GET", self.keys.revocation(of: record.owner)))
            guard mark.session.epoch == answer.epoch else {
                throw RedisError.outcomeUnknown(.unavailable("another primary answered whether the user is revoked"))
            }
            return try Self.generation(in: mark.value) > record.generation ? .revoked : .record(record)
        } catch {
            throw TicketStoreError(error).afterConsumption
        }
    }

    private func isFresh(at now: Int64) -> Bool {
        self.view.withLock { $0.isFresh(at: now, lease: self.options.revocationLease.milliseconds) }
    }

    private func putBack(_ marker: [UInt8], under name: RedisTicketKey) async throws(TicketStoreError) {
        do throws(RedisError) {
            _ = try await self.client.send(RedisCommand("EVAL", Self.putBackScript, 1, name, marker))
        } catch {
            throw TicketStoreError(error).afterConsumption
        }
    }

    /// Puts a marker back in the place of one that a later caller has left. Of two uses the earlier stays.
    private static let putBackScript: StaticString = """
        local now = redis.call('GET', KEYS[1])
        if not now or string.sub(now, 1, 1) ~= 'S' then return 0 end
        if string.sub(ARGV[1], 1, 1) == 'S'
            and tonumber(string.sub(now, 2, 16)) <= tonumber(string.sub(ARGV[1], 2, 16)) then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'XX', 'KEEPTTL')
        return 1
        """
}
