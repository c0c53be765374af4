import FlagModel
import TestRedis
import Testing

/// Where TicketRuntime runs.
enum TicketPlace: String, CaseIterable, CustomTestStringConvertible {
    case flagServer = "FlagServer itself"
    case ticketService = "TicketService beside a FlagServer"

    var testDescription: String { self.rawValue }

    /// Runs `body` with tickets in this place, and with the control plane that decides about them. Redis is real.
    func withTickets(_ body: (Tickets, RunningServer) async throws -> Void) async throws {
        try await TestRedisServer.withServer { redis in
            switch self {
            case .flagServer:
                try await RunningServer.with(environment: ["REDIS_URL": redis.url]) { plane in
                    try await body(Tickets(plane), plane)
                }
            case .ticketService:
                try await RunningServer.withTicketService(redis: redis) { plane, service in
                    try await body(Tickets(service), plane)
                }
            }
        }
    }
}

extension RunningServer {
    /// Runs a control plane, which has tickets as well, and a TicketService beside it, on one Redis.
    static func withTicketService(
        redis: TestRedisServer, _ body: (RunningServer, RunningTicketService) async throws -> Void
    ) async throws {
        try await RunningServer.with(environment: ["REDIS_URL": redis.url, "SIGNALBOX_INSTANCE_ID": "plane"]) { plane in
            let service = try await RunningTicketService.start(beside: plane, redis: redis)
            do {
                try await body(plane, service)
            } catch {
                await service.kill()
                throw error
            }
            #expect(try await service.stop() == 0, "\(service.log)")
        }
    }

    /// Runs a command of flagctl that has to end well; returns what it printed.
    @discardableResult
    func command(_ arguments: String...) async throws -> String {
        let result = try await self.flagctl(arguments)
        try #require(result.status == 0, "\(arguments): \(result.output)\(result.errors)")
        return result.output
    }

    /// Sets the share of users who get tickets, and returns when every instance says that it has it.
    func rollOut(_ percentage: String) async throws {
        try await self.command(
            "rollout", "set", "development", "ENABLE_WEBSOCKET_TICKETS", percentage, "--reason", "for the test",
            "--wait=2m")
    }
}
