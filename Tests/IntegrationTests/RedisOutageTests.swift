import FlagModel
import Foundation
import TestRedis
import TestSupport
import Testing

@Suite("Redis goes away")
struct RedisOutageTests {
    @Test("Redis stopped in the middle: 503 with Retry-After and the fallback, a critical line, and recovery by itself")
    func stoppedInTheMiddle() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.with(environment: ["REDIS_URL": redis.url]) { server in
                let jwt = TestJWT.make(subject: "ada")
                let opened = try await server.flagctl(
                    "rollout", "set", "development", "ENABLE_WEBSOCKET_TICKETS", "100", "--reason", "for the test")
                #expect(opened.status == 0, "\(opened.errors)")
                let before = try await server.request(.POST, "/websocket/ticket", token: jwt)
                #expect(before.status == 200, "\(before.body)")

                await redis.stop()
                let during = try await server.request(.POST, "/websocket/ticket", token: jwt)
                #expect(during.status == 503, "\(during.body)")
                #expect(during.header("Retry-After").flatMap { Int($0) } ?? 0 >= 1)
                #expect(during.json["pathway"]?.stringValue == "subprotocol")
                for _ in 0..<50 {
                    let again = try await server.request(.POST, "/websocket/ticket", token: jwt)
                    #expect(again.status == 503)
                }
                let status = try await server.request(.GET, "/websocket/tickets/status", token: nil)
                #expect(status.json["redis_available"] == false)
                let critical = server.log.split(separator: "\n").filter { $0.contains(" critical ") }
                #expect(
                    (1...4).contains(critical.count),
                    "one line per cause, no flood:\n\(critical.joined(separator: "\n"))")

                // Without the policy's fallback no pathway is named.
                let closed = try await server.flagctl(
                    "set", "development", "WEBSOCKET_TICKET_FALLBACK", "off", "--reason", "for the test")
                #expect(closed.status == 0, "\(closed.errors)")
                let unnamed = try await server.request(.POST, "/websocket/ticket", token: jwt)
                #expect(unnamed.status == 503)
                #expect(unnamed.json["pathway"] == nil, "\(unnamed.body)")

                try await redis.restart()
                try await eventually("tickets are issued again") {
                    try await server.request(.POST, "/websocket/ticket", token: jwt).status == 200
                }
            }
        }
    }

    @Test("Redis away at the start does not stop the start, and tickets come when it does")
    func awayAtTheStart() async throws {
        try await TestRedisServer.withServer { redis in
            await redis.stop()
            try await RunningServer.with(environment: ["REDIS_URL": redis.url]) { server in
                let ready = try await server.request(.GET, "/healthz", token: nil)
                #expect(ready.status == 200)
                try await server.open()
                let jwt = TestJWT.make(subject: "ada")
                #expect(try await server.request(.POST, "/websocket/ticket", token: jwt).status == 503)
                try await redis.restart()
                try await eventually("a ticket is issued") {
                    try await server.request(.POST, "/websocket/ticket", token: jwt).status == 200
                }
            }
        }
    }

    @Test("A consume whose outcome cannot be known is refused with 503, and the ticket is never granted twice")
    func frozenInTheMiddleOfAConsume() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.with(environment: ["REDIS_URL": redis.url]) { server in
                try await server.open()
                let ticket = try await server.issueTicket()
                redis.pause()
                let unknown = try await server.consume(ticket)
                redis.resume()
                #expect(unknown.status == 503, "\(unknown.body)")
                #expect(unknown.json["type"]?.stringValue == "outcome-indeterminate", "\(unknown.body)")
                // The frozen Redis carried the command out when it went on: the ticket is spent, and nobody was granted it.
                try await eventually("the ticket is known to be spent") {
                    let answer = try await server.consume(ticket)
                    #expect(answer.status != 200, "\(answer.body)")
                    return answer.status == 409
                }
            }
        }
    }
}
