extension RedisClient {
    /// Sends one command and waits for its reply, at most about ``RedisConfiguration/commandDeadline``.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - session: The session it has to be sent on. If that has ended, the command is not sent. Nil: any.
    /// - Returns: The reply, and the session that carried it.
    /// - Throws: ``RedisError``, which tells apart not sent, outcome unknown, and refused by Redis.
    public func send(_ command: RedisCommand, on session: RedisSession? = nil) async throws(RedisError) -> RedisReply {
        let reply = try await self.connection(for: session).perform(.command(command), on: session).get()
        if case .error(let error) = reply.value { throw .server(error) }
        return reply
    }

    /// Sends several commands on one connection, without another task's command between them.
    ///
    /// - Parameters:
    ///   - commands: The commands, in order. They are not a transaction.
    ///   - session: The session they have to be sent on. If that has ended, none is sent. Nil: any.
    /// - Returns: One value per command; a command that Redis refused has ``RedisValue/error(_:)``.
    /// - Throws: ``RedisError``: not sent (none of them), or outcome unknown (of any of them).
    public func pipeline(
        _ commands: [RedisCommand], on session: RedisSession? = nil
    ) async throws(RedisError) -> RedisPipelineReply {
        guard commands.count > 1 else {
            let request = commands.first.map { Request.command($0) } ?? .session
            let reply = try await self.connection(for: session).perform(request, on: session).get()
            return RedisPipelineReply(values: commands.isEmpty ? [] : [reply.value], session: reply.session)
        }
        let reply = try await self.connection(for: session).perform(.pipeline(commands), on: session).get()
        return RedisPipelineReply(values: reply.value.array ?? [], session: reply.session)
    }

    /// The session that the next command would be sent on. Waits for the connection while it is being established.
    ///
    /// Read what the greeting found out before a command is encoded, then bind the command to it with
    /// ``send(_:on:)``.
    ///
    /// - Throws: ``RedisError/notSent(_:)``.
    public func session() async throws(RedisError) -> RedisSession {
        try await self.connection(for: nil).perform(.session, on: nil).get().session
    }
}
