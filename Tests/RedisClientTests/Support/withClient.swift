import Logging
import RedisClient
import TestRedis

/// A server of the test's own and a connected client of it.
func withServerAndClient<Value: Sendable>(
    _ options: TestRedisOptions = TestRedisOptions(),
    configure: (inout RedisConfiguration) -> Void = { _ in },
    _ body: (TestRedisServer, RedisClient) async throws -> Value
) async throws -> Value {
    try await TestRedisServer.withServer(options) { server in
        var configuration = try RedisConfiguration(url: server.url)
        // Far away, so that a slow machine does not decide a test that is about something else.
        configuration.commandDeadline = .seconds(20)
        configuration.drainTimeout = .seconds(20)
        configuration.connectTimeout = .seconds(20)
        configuration.backoff = RedisBackoff(initial: .milliseconds(5), maximum: .milliseconds(20))
        configure(&configuration)
        return try await RedisClient.withClient(configuration) { client in
            try await body(server, client)
        }
    }
}

/// What a call throws, or nil.
func redisError<Value>(_ body: () async throws(RedisError) -> Value) async -> RedisError? {
    do throws(RedisError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

extension RedisError {
    /// True if Redis cannot have seen the command.
    var isNotSent: Bool {
        if case .notSent = self { true } else { false }
    }

    /// True if Redis may have seen the command.
    var isOutcomeUnknown: Bool {
        if case .outcomeUnknown = self { true } else { false }
    }
}
