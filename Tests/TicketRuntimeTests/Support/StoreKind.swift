import FlagModel
import RedisClient
import TestRedis
import TestSupport
import Testing

@testable import TicketRuntime

/// The stores that have to behave the same.
enum StoreKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory
    case redis

    var testDescription: String { self.rawValue }
}

/// A store and what a test needs around it.
struct Setup: Sendable {
    let kind: StoreKind
    let store: any TicketStore
    let clock: ManualClock
    let log = CapturedLog()

    /// A runtime under `content`.
    func runtime(
        _ content: EnvironmentContent = .open, instance: String = "instance-a", origins: OriginAllowList = .any
    ) -> TicketRuntime {
        let configuration = TicketConfiguration(environment: "testing", instance: instance, allowedOrigins: origins)
        let runtime = TicketRuntime(
            configuration, store: self.store, logger: self.log.logger,
            clock: self.kind == .memory ? self.clock.clock : self.clock.timeOfDay)
        runtime.apply(content.snapshot())
        return runtime
    }

    /// Runs `body` with a store of `kind`; Redis is a server of the test's own.
    static func with(_ kind: StoreKind, _ body: (Setup) async throws -> Void) async throws {
        let clock = ManualClock()
        switch kind {
        case .memory:
            try await body(Setup(kind: kind, store: MemoryTicketStore(clock: clock.clock), clock: clock))
        case .redis:
            try await TestRedisServer.withServer { server in
                try await RedisTicketStore.with(server, clock: clock.timeOfDay) { store in
                    try await body(Setup(kind: kind, store: store, clock: clock))
                }
            }
        }
    }
}

extension RedisTicketStore {
    /// Runs `body` with a store on `server`; a short lease, so that revocations do not take long.
    static func with(
        _ server: TestRedisServer, clock: TicketClock = .system, deadline: Duration = .seconds(5),
        probing: Duration = .seconds(15), log: CapturedLog = CapturedLog(),
        _ body: (RedisTicketStore) async throws -> Void
    ) async throws {
        var redis = try RedisConfiguration(url: server.url)
        redis.commandDeadline = deadline
        redis.keepAliveInterval = probing
        redis.backoff.maximum = .milliseconds(50)
        redis.greeting = Self.greeting
        var options = Options()
        options.revocationLease = .milliseconds(30)
        try await RedisClient.withClient(redis, logger: log.logger) { [options] client in
            try await body(
                RedisTicketStore(client: client, environment: "testing", options: options, clock: clock))
        }
    }
}
