/// What Redis answered, and on which session.
public struct RedisReply: Sendable, Hashable {
    /// The answer. Never an error at the top: that is thrown.
    public let value: RedisValue
    /// The session that carried the command.
    public let session: RedisSession

    init(value: RedisValue, session: RedisSession) {
        self.value = value
        self.session = session
    }
}
