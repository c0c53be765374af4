import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("Webhooks, with the receiver of the documentation", .serialized)
struct WebhookTests {
    private static let path = "/v1/environments/development"

    private static func register(
        _ name: String, _ address: String, on server: RunningServer, secret: String = WebhookReceiver.secret,
        events: [JSONValue] = ["revision.made"]
    ) async throws {
        let answer = try await server.request(
            .POST, "/v1/webhooks",
            json: [
                "name": .string(name), "url": .string(address), "secret": .string(secret), "events": .array(events),
            ])
        #expect(answer.status == 201, "\(answer.body)")
    }

    private static func commit(_ ttl: Int64, base: Int64, on server: RunningServer) async throws -> Int64? {
        let answer = try await server.request(
            .POST, "\(Self.path)/changesets",
            json: [
                "baseRevision": .integer(base), "reason": "webhooks",
                "changes": [["op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": .integer(ttl)]],
            ])
        return answer.status == 200 ? answer.json["revision"]?.integerValue : nil
    }

    private static func revision(of server: RunningServer) async throws -> Int64 {
        try #require(try await server.request(.GET, "\(Self.path)/flags").json["revision"]?.integerValue)
    }

    @Test("A signed event verifies; flagctl webhook test says so, and with another secret it does not")
    func verification() async throws {
        let receiver = try await WebhookReceiver.start()
        try await RunningServer.with { server in
            try await Self.register("ops", receiver.address, on: server)
            let test = try await server.flagctl("webhook", "test", "ops")
            #expect(test.status == 0 && test.output.contains("answered with 204"), "\(test.output)\(test.errors)")
            #expect(receiver.events.map(\.type) == ["test"])
            try await Self.register(
                "stranger", receiver.address, on: server, secret: "whsec_" + String(repeating: "A", count: 32))
            let refused = try await server.flagctl("webhook", "test", "stranger")
            #expect(refused.status == 1 && refused.output.contains("answered with 400"))
            #expect(receiver.events.count == 1)
            #expect(!server.log.contains(WebhookReceiver.secret.dropFirst(6)))
        }
        try await receiver.stop()
    }

    @Test("What was acknowledged is told after kill -9, in order, at least once and with one id")
    func killed() async throws {
        let first = try await WebhookReceiver.start()
        let port = first.port
        try await first.stop()
        try await LastingServer.with { lasting in
            try await Self.register("ops", "http://127.0.0.1:\(port)/", on: lasting.now)
            var base = try await Self.revision(of: lasting.now)
            var acknowledged: [Int64] = []
            // Nobody listens yet: everything waits.
            for ttl in 100..<105 {
                base = try #require(try await Self.commit(Int64(ttl), base: base, on: lasting.now))
                acknowledged.append(base)
            }
            await lasting.kill()
            let receiver = try await WebhookReceiver.start(port: port)
            // Killed again and again in the middle of telling.
            for round in 0..<3 {
                try await lasting.start()
                let told = receiver.events.count
                base = try await Self.revision(of: lasting.now)
                for ttl in 0..<20 {
                    let next = try await Self.commit(Int64(200 + round * 100 + ttl), base: base, on: lasting.now)
                    base = try #require(next)
                    acknowledged.append(base)
                }
                try await eventually("something is told") { receiver.events.count > told }
                await lasting.kill()
            }
            try await lasting.start()
            try await eventually("everything is told") { Set(receiver.revisions).isSuperset(of: acknowledged) }
            let events = receiver.events
            // An event that was told twice has one id, and what comes first the first time comes in order.
            var seen: [String: Int64] = [:]
            var order: [Int64] = []
            for event in events {
                let revision = try #require(event.data["revision"]?.integerValue)
                if let before = seen[event.id] {
                    #expect(before == revision)
                } else {
                    seen[event.id] = revision
                    order.append(revision)
                }
            }
            #expect(order == order.sorted() && Set(order).count == order.count, "\(order)")
            let list = try await lasting.now.flagctl("webhook", "list")
            #expect(list.output.contains("ops"))
            try await receiver.stop()
        }
    }

    @Test("One that nobody listens to does not hold up another")
    func independence() async throws {
        let receiver = try await WebhookReceiver.start()
        try await RunningServer.with { server in
            try await Self.register("dead", "http://127.0.0.1:1/", on: server)
            try await Self.register("live", receiver.address, on: server)
            var base = try await Self.revision(of: server)
            for ttl in 100..<103 {
                base = try #require(try await Self.commit(Int64(ttl), base: base, on: server))
            }
            try await eventually("the live one is told") { receiver.events.count == 3 }
            let deliveries = try await server.flagctl("webhook", "deliveries", "dead")
            #expect(deliveries.output.contains("waiting"), "\(deliveries.output)")
        }
        try await receiver.stop()
    }
}
