/// What Redis answered to a pipeline, and on which session.
public struct RedisPipelineReply: Sendable, Hashable {
    /// One value per command, in order. A refused command's value is ``RedisValue/error(_:)``.
    public let values: [RedisValue]
    /// The session that carried all commands of the pipeline.
    public let session: RedisSession

    init(values: [RedisValue], session: RedisSession) {
        self.values = values
        self.session = session
    }
}
