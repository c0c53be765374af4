import RedisClient
import TestRedis
import TestSupport
import Testing

@Suite("The client with a real server")
struct RedisClientTests {
    @Test("values come back as they were stored")
    func roundTrip() async throws {
        try await withServerAndClient { _, client in
            let value = (0...255).map { UInt8($0) }
            let stored = try await client.send(RedisCommand("SET", "k", value)).value
            #expect(stored == .simple("OK"))
            #expect(try await client.send(RedisCommand("GET", "k")).value == .bulk(value))
            #expect(try await client.send(RedisCommand("GET", "absent")).value == .null)
            #expect(try await client.send(RedisCommand("INCR", "n")).value == .integer(1))
            #expect(try await client.send(RedisCommand("MGET", "n", "absent")).value == .array([.bulk([49]), .null]))
        }
    }

    @Test("a value of several megabytes passes both ways")
    func largeValue() async throws {
        try await withServerAndClient { _, client in
            let value = [UInt8](repeating: 7, count: 5_000_000)
            _ = try await client.send(RedisCommand("SET", "k", value))
            #expect(try await client.send(RedisCommand("GET", "k")).value.bytes == value)
        }
    }

    @Test("an error reply is thrown with its code")
    func serverError() async throws {
        try await withServerAndClient { _, client in
            _ = try await client.send(RedisCommand("SET", "k", "text"))
            let error = await redisError { () async throws(RedisError) in
                try await client.send(RedisCommand("INCR", "k"))
            }
            #expect(error == .server(RedisServerError(code: "ERR", message: "value is not an integer or out of range")))
        }
    }

    @Test("a pipeline is answered in order, its refusals in their places")
    func pipeline() async throws {
        try await withServerAndClient { _, client in
            let reply = try await client.pipeline([
                RedisCommand("SET", "k", "x"), RedisCommand("INCR", "k"), RedisCommand("GET", "k"),
            ])
            #expect(reply.values.count == 3)
            #expect(reply.values.first == .simple("OK"))
            guard case .error(let error) = reply.values[1] else {
                Issue.record("not refused: \(reply.values)")
                return
            }
            #expect(error.code == "ERR")
            #expect(reply.values.last == .bulk([120]))
            #expect(try await client.pipeline([]).values.isEmpty)
        }
    }

    @Test("ten thousand concurrent callers each get their own reply")
    func manyCallers() async throws {
        try await withServerAndClient { _, client in
            let wrong = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<10_000 {
                    group.addTask {
                        (try? await client.send(RedisCommand("ECHO", number)))?.value.string == "\(number)"
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 0 : 1) }
            }
            #expect(wrong == 0)
        }
    }

    @Test("tasks on the client's executor get their own replies, too")
    func taskExecutor() async throws {
        try await withServerAndClient { _, client in
            let wrong = await withTaskGroup(of: Int.self) { group in
                for caller in 0..<100 {
                    group.addTask(executorPreference: client.taskExecutor) {
                        var wrong = 0
                        for number in 0..<20 {
                            let text = "\(caller)-\(number)"
                            if (try? await client.send(RedisCommand("ECHO", text)))?.value.string != text { wrong += 1 }
                        }
                        return wrong
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(wrong == 0)
        }
    }

    @Test("several connections share the callers")
    func severalConnections() async throws {
        try await withServerAndClient(configure: { $0.connectionCount = 3 }) { _, client in
            try await eventually("three sessions") { client.status.sessions.count == 3 }
            var sessions: Set<RedisSession> = []
            for _ in 0..<6 { sessions.insert(try await client.send(RedisCommand("PING")).session) }
            #expect(sessions == Set(client.status.sessions))
        }
    }

    @Test("callers cancelled in flight get an answer at once and shift nobody's reply")
    func cancellation() async throws {
        try await withServerAndClient { server, client in
            _ = try await client.session()
            server.pause()
            let doomed = (0..<500).map { number in
                Task {
                    await redisError { () async throws(RedisError) in
                        try await client.send(RedisCommand("ECHO", number))
                    }
                }
            }
            let kept = (0..<500).map { number in
                Task { try await client.send(RedisCommand("ECHO", number)).value.string == "\(number)" }
            }
            try await eventually("all are queued") { client.status.commandsInFlight == 1000 }
            doomed.forEach { $0.cancel() }
            for task in doomed {
                let error = await task.value
                #expect(error == .outcomeUnknown(.cancelled) || error == .notSent(.cancelled))
            }
            server.resume()
            for task in kept { #expect(try await task.value) }
        }
    }

    @Test("a task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        try await withServerAndClient { server, client in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await redisError { () async throws(RedisError) in
                    try await client.send(RedisCommand("SET", "k", 1))
                }
            }
            #expect(await task.value == .notSent(.cancelled))
            let count = try await server.command("EXISTS", "k")
            #expect(count == "0")
        }
    }

    @Test("the greeting's finding goes with every reply of its connection")
    func greeting() async throws {
        try await withServerAndClient(configure: { configuration in
            configuration.greeting = RedisGreeting(commands: [RedisCommand("CLIENT", "ID")]) { replies in
                "client \(replies[0].integer ?? 0)"
            }
        }) { server, client in
            let session = try await client.session()
            let reply = try await client.send(RedisCommand("CLIENT", "ID"), on: session)
            #expect(session.epoch == "client \(reply.value.integer ?? 0)")
            #expect(reply.session == session)

            try await server.command("CLIENT", "KILL", "TYPE", "normal")
            try await eventually("a new session") { client.status.sessions.contains { $0 != session } }
            let error = await redisError { () async throws(RedisError) in
                try await client.send(RedisCommand("PING"), on: session)
            }
            #expect(error == .notSent(.sessionEnded))
            #expect(try await client.session().epoch != session.epoch)
        }
    }

    @Test("a greeting that refuses the server keeps commands away from it")
    func refusedGreeting() async throws {
        struct NotPrimary: Error {}
        try await withServerAndClient(configure: { configuration in
            configuration.greeting = RedisGreeting(commands: []) { _ in throw NotPrimary() }
        }) { server, client in
            let error = await redisError { () async throws(RedisError) in
                try await client.send(RedisCommand("SET", "k", 1))
            }
            #expect(error == .notSent(.unavailable("the greeting was not accepted: NotPrimary()")))
            let count = try await server.command("EXISTS", "k")
            #expect(count == "0")
        }
    }

    @Test("a server that turns into a replica is greeted anew")
    func readOnly() async throws {
        try await withServerAndClient { server, client in
            let before = try await client.session()
            // A replica of nobody that exists: read-only from now on, and the connection stays open.
            try await server.command("REPLICAOF", "127.0.0.1", "1")
            let error = await redisError { () async throws(RedisError) in
                try await client.send(RedisCommand("SET", "k", 1))
            }
            guard case .server(let reply) = error else {
                Issue.record("not refused: \(String(describing: error))")
                return
            }
            #expect(reply.code == "READONLY")
            #expect(try await client.session() != before)
        }
    }

    @Test("shutting down waits for the replies that are due")
    func shutdown() async throws {
        try await withServerAndClient { server, client in
            _ = try await client.session()
            server.pause()
            let due = Task { try await client.send(RedisCommand("ECHO", "due")).value.string }
            try await eventually("it is queued") { client.status.commandsInFlight == 1 }
            async let ended: Void = client.shutdown()
            try await eventually("it takes no more") { client.status.sessions.isEmpty }
            let late = await redisError { () async throws(RedisError) in try await client.send(RedisCommand("PING")) }
            server.resume()
            await ended
            #expect(try await due.value == "due")
            #expect(late == .notSent(.shutDown))
        }
    }

    @Test("shutting down gives up on a server that does not answer")
    func shutdownStalled() async throws {
        try await withServerAndClient(configure: { $0.drainTimeout = .milliseconds(50) }) { server, client in
            _ = try await client.session()
            server.pause()
            let due = Task {
                await redisError { () async throws(RedisError) in try await client.send(RedisCommand("PING")) }
            }
            try await eventually("it is queued") { client.status.commandsInFlight == 1 }
            await client.shutdown()
            #expect(await due.value == .outcomeUnknown(.shutDown))
        }
    }

    @Test("a client that was never run shuts down, and refuses commands after that")
    func neverRun() async throws {
        let client = RedisClient(RedisConfiguration())
        await client.shutdown()
        await client.run()
        let error = await redisError { () async throws(RedisError) in try await client.send(RedisCommand("PING")) }
        #expect(error == .notSent(.shutDown))
    }
}
