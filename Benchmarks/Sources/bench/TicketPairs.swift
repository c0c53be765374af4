import BenchmarkSupport
import FlagModel
import Logging
import RedisClient
import TicketRuntime

/// Issues and consumes tickets in this process, over one Redis connection.
struct TicketPairs {
    var port: Int

    /// A pair is one ticket issued and consumed.
    enum Load {
        /// So many tasks at once, each pair after pair.
        case concurrent(tasks: Int)
        /// One pair after the other.
        case sequential
    }

    /// Pairs per second.
    func measure(pairs: Int, _ load: Load) async throws -> Double {
        var redis = try RedisConfiguration(url: "redis://127.0.0.1:\(self.port)")
        redis.greeting = RedisTicketStore.greeting
        let environment: EnvironmentName = "benchmark"
        let options = RedisTicketStore.Options(prefix: Self.prefix)
        return try await RedisClient.withClient(redis) { client in
            let store = RedisTicketStore(client: client, environment: environment, options: options)
            let runtime = TicketRuntime(
                TicketConfiguration(environment: environment, instance: "bench", allowedOrigins: .any), store: store)
            runtime.apply(try Self.snapshot(of: environment))
            let subjects = try (0..<256).map { number in
                try TicketSubject(
                    id: "user-\(number)", email: "user-\(number)@example.com", permissions: ["chat:read", "chat:write"])
            }
            // The tasks run on the connection's event loop: a command then costs no hop between threads.
            return try await withTaskExecutorPreference(client.taskExecutor) {
                _ = try await Self.run(pairs / 10, load, runtime, subjects)
                return try await Self.run(pairs, load, runtime, subjects)
            }
        }
    }

    static let prefix = "bench"

    private static func run(
        _ pairs: Int, _ load: Load, _ runtime: TicketRuntime, _ subjects: [TicketSubject]
    ) async throws -> Double {
        let tasks =
            switch load {
            case .concurrent(let tasks): tasks
            case .sequential: 1
            }
        let clock = ContinuousClock()
        let time = try await clock.measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<tasks {
                    group.addTask {
                        let subject = subjects[task % subjects.count]
                        for _ in 0..<(pairs / tasks) {
                            let ticket = try await runtime.issue(for: subject)
                            let identity = try await runtime.consume(ticket.id)
                            guard identity.userID == subject.id else { throw BenchmarkError("somebody else's ticket") }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        return Double(pairs / tasks * tasks) / (time / .seconds(1))
    }

    /// Tickets for everyone, and otherwise the defaults of `environments/`.
    private static func snapshot(of environment: EnvironmentName) throws -> Snapshot {
        let tickets = FlagDefinition(type: .boolean, variants: ["on": true, "off": false], defaultVariant: "on")
        let ttl = FlagDefinition(type: .integer, variants: ["default": 30], defaultVariant: "default")
        let binding = FlagDefinition(type: .string, variants: ["none": "none"], defaultVariant: "none")
        let content = EnvironmentContent(flags: [
            "ENABLE_WEBSOCKET_TICKETS": tickets, "WEBSOCKET_TICKET_TTL": ttl, "WEBSOCKET_TICKET_BINDING": binding,
        ])
        return Snapshot(environment: environment, revision: 1, content: content)
    }
}
