import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import RedisClient
import TestRedis
import Testing

@testable import FlagServer

@Suite("Tickets in Redis: served while it answers, refused with a way out while it does not")
struct RedisTicketTests {
    /// Asks for tickets until the answer has `status`; time passes for the circuit breaker from one to the next.
    static func ask(_ api: TestAPI, until status: Int) async throws -> Answer {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let answer = try await api.send(.post, "/websocket/ticket", token: api.jwt())
            if answer.status == status || ContinuousClock.now > deadline { return answer }
            api.clock.advance(seconds: 1)
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test("The golden path in Redis, which never gets to see a ticket")
    func servesTickets() async throws {
        try await TestRedisServer.withServer { redis in
            let url = redis.url
            try await TestAPI.with { configuration in
                configuration.redis = try RedisConfiguration(url: url)
                configuration.ticketPrefix = "chat"
            } _: { api in
                try await api.rollOut(100)
                _ = try await Self.ask(api, until: 200)
                let ticket = try await api.ticket()
                let keys = try #require(try await redis.command("KEYS", "*"))
                #expect(keys.contains("chat:development:") && !keys.contains(ticket))
                #expect(try await api.consume(ticket).status == 200)
                #expect(try await api.consume(ticket).problem?.type == "ticket-replayed")
                let status = try await api.send(.get, "/v1/status").decode(ServerStatus.self)
                #expect(status.ticketStore == "redis" && status.ticketStoreAvailable)
            }
        }
    }

    @Test("Redis away: 503 with when to try again and the pathway to use; back: tickets again, without a restart")
    func survivesOutage() async throws {
        try await TestRedisServer.withServer { redis in
            let url = redis.url
            try await TestAPI.with { configuration in
                configuration.redis = try RedisConfiguration(url: url)
            } _: { api in
                try await api.rollOut(100)
                #expect(try await Self.ask(api, until: 200).status == 200)
                let ticket = try await api.ticket()

                await redis.stop()
                let refused = try await Self.ask(api, until: 503)
                #expect(refused.status == 503 && refused.problem?.type == "ticket-store-unavailable")
                #expect(refused.problem?.pathway == "subprotocol")
                let seconds = try #require(refused.headers[.retryAfter].flatMap { Int64($0) })
                #expect(seconds >= 1 && refused.problem?.retryAfter == seconds)
                let consumption = try await api.consume(ticket)
                #expect(consumption.status == 503 && consumption.body["user_id"] == nil)
                let ready = try await api.send(.get, "/readyz", token: nil)
                #expect(ready.status == 200 && ready.body["tickets"] == "unavailable")
                let status = try await api.send(.get, "/websocket/tickets/status", token: nil)
                #expect(status.body["redis_available"] == false)
                #expect(api.log.lines.contains { $0.contains(" critical ") })

                try await redis.restart()
                #expect(try await Self.ask(api, until: 200).status == 200)
            }
        }
    }

    @Test("The fallback off: while Redis is away no pathway is named")
    func failsClosedWithoutFallback() async throws {
        try await TestAPI.with { configuration in
            // Nobody listens on port 1.
            configuration.redis = RedisConfiguration(host: "127.0.0.1", port: 1)
        } _: { api in
            #expect(try await api.send(.get, "/readyz", token: nil).status == 200)
            try await api.rollOut(100)
            try await api.commit([["op": "serve", "flag": "WEBSOCKET_TICKET_FALLBACK", "variant": "off"]])
            let answer = try await api.send(.post, "/websocket/ticket", token: api.jwt())
            #expect(answer.status == 503 && answer.problem?.type == "ticket-store-unavailable")
            #expect(answer.headers[.retryAfter] != nil)
        }
    }
}
