public import Logging
public import NIOCore
public import NIOPosix

extension RedisClient {
    /// Runs a client for as long as `body` runs, then shuts it down. For tools and tests; a service has its own loop.
    ///
    /// - Parameters:
    ///   - configuration: Where Redis is, and how patient to be with it.
    ///   - logger: Gets one line per connection established and per outage.
    ///   - eventLoopGroup: Where the one event loop is taken from.
    ///   - body: What to do with the client.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public static func withClient<Value: Sendable>(
        _ configuration: RedisConfiguration,
        logger: Logger = Logger(label: "redis") { _ in SwiftLogNoOpLogHandler() },
        eventLoopGroup: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup,
        _ body: (RedisClient) async throws -> Value
    ) async throws -> Value {
        let client = RedisClient(configuration, logger: logger, eventLoopGroup: eventLoopGroup)
        async let running: Void = client.run()
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(client))
        } catch {
            result = .failure(error)
        }
        await client.shutdown()
        await running
        return try result.get()
    }
}
