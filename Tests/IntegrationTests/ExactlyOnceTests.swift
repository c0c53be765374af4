import FlagModel
import TestRedis
import Testing

@Suite("A ticket over HTTP and real Redis")
struct ExactlyOnceTests {
    @Test("S1: of many racing consumers at two servers exactly one is granted the ticket")
    func racingConsumers() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.with(environment: ["REDIS_URL": redis.url, "SIGNALBOX_INSTANCE_ID": "one"]) { one in
                try await RunningServer.with(environment: ["REDIS_URL": redis.url, "SIGNALBOX_INSTANCE_ID": "two"]) {
                    two in
                    try await one.open()
                    for _ in 0..<25 {
                        let ticket = try await one.issueTicket()
                        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                            for racer in 0..<8 {
                                group.addTask { try await (racer.isMultiple(of: 2) ? one : two).consume(ticket).status }
                            }
                            var statuses: [Int] = []
                            for try await status in group { statuses.append(status) }
                            return statuses
                        }
                        #expect(statuses.count { $0 == 200 } == 1, "\(statuses)")
                        #expect(statuses.count { $0 == 409 } == 7, "\(statuses)")
                    }
                }
            }
        }
    }

    @Test("A replay is told when and by which instance the ticket was consumed")
    func replay() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.with(environment: ["REDIS_URL": redis.url, "SIGNALBOX_INSTANCE_ID": "box-7"]) {
                server in
                try await server.open()
                let ticket = try await server.issueTicket()
                #expect(try await server.consume(ticket).status == 200)
                let again = try await server.consume(ticket)
                #expect(again.status == 409)
                #expect(again.json["type"]?.stringValue == "ticket-replayed")
                #expect(again.json["replayOf"]?["by"]?.stringValue == "box-7")
                #expect(again.json["replayOf"]?["at"]?.stringValue.flatMap { Timestamp($0) } != nil)
            }
        }
    }

    @Test("Redis holds no ticket: keys are digests, and the prefix is the configured one")
    func keysAreDigests() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.with(
                environment: ["REDIS_URL": redis.url, "SIGNALBOX_TICKET_PREFIX": "chat"]
            ) { server in
                try await server.open()
                let ticket = try await server.issueTicket()
                let keys = try await redis.command("KEYS", "*") ?? ""
                #expect(keys.contains("chat:development:"))
                #expect(!keys.contains(ticket))
                for key in keys.split(separator: "\n") {
                    let value = try await redis.command("GET", String(key)) ?? ""
                    #expect(!value.contains(ticket))
                }
            }
        }
    }
}
