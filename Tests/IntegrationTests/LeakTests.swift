import FlagModel
import Foundation
import TestRedis
import Testing

@Suite("Credentials")
struct LeakTests {
    @Test("S7: no ticket, JWT, token, secret or password appears in anything that a run writes")
    func nothingLeaks() async throws {
        try await TestRedisServer.withServer(.init(password: "redis-password-4711")) { redis in
            let environment = ["REDIS_URL": redis.url, "SIGNALBOX_LOG_LEVEL": "trace"]
            let folder = try RunningServer.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let server = try await RunningServer.start(in: folder, environment: environment)
            try await server.open()
            let jwt = TestJWT.make(subject: "ada")
            let stranger = TestJWT.make(subject: "eve")
            let expired = TestJWT.make(subject: "ada", expiresIn: -3600)
            let ticket = try await server.issueTicket()
            let other = try await server.issueTicket()

            var answers: [String] = []
            func note(_ answer: Answer) { answers.append(answer.body) }
            note(try await server.request(.GET, "/websocket/ticket/\(ticket)/validate", token: jwt))
            note(try await server.request(.GET, "/websocket/ticket/\(ticket)/validate", token: stranger))
            note(try await server.request(.GET, "/websocket/ticket/\(ticket)/validate", token: nil))
            note(try await server.request(.DELETE, "/websocket/ticket/\(other)", token: stranger))
            note(try await server.request(.DELETE, "/websocket/ticket/\(other)", token: jwt))
            note(
                try await server.request(
                    .GET, "/websocket/ticket/\(ticket)/nowhere?ticket=\(ticket)&token=\(jwt)", token: jwt))
            note(try await server.request(.POST, "/websocket/ticket?jwt=\(jwt)", token: expired))
            note(try await server.consume(ticket))
            note(try await server.consume(ticket))
            note(try await server.request(.GET, "/v1/environments?token=\(RunningServer.adminToken)", token: ticket))
            let created = try await server.flagctl("token", "create", "chat", "--role", "backend", "-o", "json")
            let secret = try #require(try JSONParser.parse(created.output)["token"]?.stringValue)
            note(try await server.consume(ticket, token: secret))
            await redis.stop()
            note(try await server.consume(ticket))
            note(try await server.request(.POST, "/websocket/ticket", token: jwt))
            try await server.stop()

            let written = answers.joined(separator: "\n") + server.output + server.log
            for credential in [
                ticket, other, jwt, stranger, expired, secret, RunningServer.adminToken, RunningServer.jwtSecret,
                "redis-password-4711",
            ] {
                #expect(!written.contains(credential), "a credential of \(credential.count) characters was written")
                // Nor the part of a JWT that is its signature, or half a ticket.
                #expect(!written.contains(credential.suffix(20)), "the end of a credential was written")
            }
        }
    }
}
