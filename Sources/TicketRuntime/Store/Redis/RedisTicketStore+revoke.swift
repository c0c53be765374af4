import FlagModel
import RedisClient
import Synchronization

extension RedisTicketStore {
    /// Revokes a ticket if it is `owner`'s: a script, as no command of Redis compares and sets. It is rare, and it is one
    /// step, so a stranger destroys nothing and the owner's second attempt changes nothing. Under
    /// ``TicketFailover/replicated`` a replica has to confirm it.
    public func revoke(
        _ key: TicketKey, owner: SubjectDigest, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketRevocation {
        let digest = owner.withBytes { Array($0) }
        let marker = [StoredTicket.revokedMark] + digest
        var commands = [RedisCommand("EVAL", Self.revokeScript, 1, self.keys.ticket(key), digest, marker)]
        if failover == .replicated {
            commands.append(RedisCommand("WAIT", 1, self.options.replicationTimeout.milliseconds))
        }
        let result: Int64?
        do throws(RedisError) {
            let reply = try await self.client.pipeline(commands)
            for value in reply.values {
                if case .error(let error) = value { throw RedisError.server(error) }
            }
            result = reply.values.first?.integer
            if failover == .replicated, result == 1 || result == 2 { try Self.checkConfirmed(reply) }
        } catch {
            throw TicketStoreError(error)
        }
        switch result {
        case 1: return .revoked
        case 2: return .alreadyRevoked
        case 3: return .notOwner
        default: return .notFound
        }
    }

    /// Revokes all of a user's tickets issued so far.
    ///
    /// One transaction raises the generation and marks the user with it; then every lease on the former generation is
    /// waited out. The counter starts at the time of day, so that it does not go back when Redis has lost it.
    public func revokeAll(of owner: SubjectDigest, failover: TicketFailover) async throws(TicketStoreError) {
        let mark = self.keys.revocation(of: owner)
        let askedAt = self.clock.uptime()
        var commands = [
            RedisCommand("MULTI"),
            RedisCommand("SET", self.keys.generation, self.clock.now().millisecondsSinceEpoch, "NX"),
            RedisCommand("INCR", self.keys.generation),
            RedisCommand("COPY", self.keys.generation, mark, "REPLACE"),
            RedisCommand("PEXPIRE", mark, Self.markLifetime),
            RedisCommand("EXEC"),
        ]
        let transaction = commands.count
        if failover == .replicated {
            commands.append(RedisCommand("WAIT", 1, self.options.replicationTimeout.milliseconds))
        }
        do throws(RedisError) {
            let reply = try await self.client.pipeline(commands)
            for value in reply.values {
                if case .error(let error) = value { throw RedisError.server(error) }
            }
            guard reply.values.count == commands.count, let results = reply.values[transaction - 1].array,
                results.count == transaction - 2, let generation = results[1].integer
            else { throw RedisError.server(RedisServerError(code: "ERR", message: "the transaction was not run")) }
            self.view.withLock { $0.learn(generation, in: reply.session.epoch, askedAt: askedAt) }
            if failover == .replicated { try Self.checkConfirmed(reply) }
        } catch {
            throw TicketStoreError(error)
        }
        do {
            try await Task.sleep(for: self.options.revocationLease + Self.leaseMargin)
        } catch {
            throw TicketStoreError(.cancelled, "the revocation was written, but not waited for")
        }
    }

    /// Whether a replica has confirmed the pipeline that ends with `WAIT`.
    private static func checkConfirmed(_ reply: RedisPipelineReply) throws(RedisError) {
        guard reply.values.last?.integer ?? 0 >= 1 else {
            throw .server(RedisServerError(code: "NOREPLICAS", message: "no replica has confirmed it"))
        }
    }

    /// A mark has to outlive every ticket issued before it, in milliseconds; clocks may differ by a minute.
    private static let markLifetime = TicketTTL.maximum.milliseconds + 60_000
    /// What clocks that measure a lease may differ by.
    private static let leaseMargin: Duration = .milliseconds(20)

    /// The owner stands at a fixed place in a record: `TicketRecord.ownerRange`.
    private static let revokeScript: StaticString = """
        local value = redis.call('GET', KEYS[1])
        if not value then return 0 end
        if string.byte(value, 1) == 1 then
            if string.sub(value, 4, 19) ~= ARGV[1] then return 3 end
            redis.call('SET', KEYS[1], ARGV[2], 'XX', 'KEEPTTL')
            return 1
        end
        if string.sub(value, 1, 1) ~= 'R' then return 0 end
        if string.sub(value, 2, 17) ~= ARGV[1] then return 3 end
        return 2
        """
}
