import NIOCore
import TestRedis
import TestSupport
import Testing

@testable import RedisClient

@Suite("The client when things break")
struct RedisClientFaultTests {
    private func send(_ client: RedisClient, _ command: RedisCommand) async -> RedisError? {
        await redisError { () async throws(RedisError) in try await client.send(command) }
    }

    @Test("a server killed with commands in flight: their outcome is unknown, later ones are not sent")
    func killed() async throws {
        try await withServerAndClient { server, client in
            _ = try await client.session()
            server.pause()
            let inFlight = (0..<100).map { _ in Task { await self.send(client, RedisCommand("INCR", "n")) } }
            try await eventually("all are queued") { client.status.commandsInFlight == 100 }
            // The write was scheduled before this, so it has been made when this has run.
            try await client.connections[0].eventLoop.submit {}.get()
            await server.kill()
            for task in inFlight {
                let error = await task.value
                #expect(error?.isOutcomeUnknown == true, "\(String(describing: error))")
            }
            try await eventually("it is known to be down") {
                guard case .unavailable = client.status.lastFailure else { return false }
                return true
            }
            #expect(await self.send(client, RedisCommand("INCR", "n"))?.isNotSent == true)
        }
    }

    @Test("a reply lost on the way leaves the outcome unknown, and Redis has carried the command out")
    func lostReply() async throws {
        try await withServerAndClient { server, _ in
            try await TCPProxy.withProxy(to: server.port) { proxy in
                var configuration = RedisConfiguration(port: proxy.port)
                configuration.commandDeadline = .seconds(20)
                try await RedisClient.withClient(configuration) { client in
                    _ = try await client.session()
                    proxy.swallowReplies()
                    let lost = Task { await self.send(client, RedisCommand("INCR", "n")) }
                    try await eventually("Redis has counted") { try await server.command("GET", "n") == "1" }
                    proxy.cut()
                    #expect(await lost.value?.isOutcomeUnknown == true)
                    #expect(try await client.send(RedisCommand("GET", "n")).value.string == "1")
                }
            }
        }
    }

    @Test("a restarted server is found again without a restart of the client")
    func reconnect() async throws {
        try await withServerAndClient { server, client in
            let before = try await client.session()
            await server.kill()
            try await eventually("the loss is noticed") { !client.status.isConnected }
            try await server.restart()
            try await eventually("it is connected again") { client.status.isConnected }
            #expect(try await client.send(RedisCommand("PING")).session != before)
            #expect(client.status.lastFailure == nil)
        }
    }

    @Test("a client that starts before its server finds it")
    func startsFirst() async throws {
        try await withServerAndClient { server, _ in
            await server.stop()
            var configuration = try RedisConfiguration(url: server.url)
            configuration.backoff = RedisBackoff(initial: .milliseconds(5), maximum: .milliseconds(20))
            try await RedisClient.withClient(configuration) { client in
                guard case .notSent(.unavailable) = await self.send(client, RedisCommand("PING")) else {
                    Issue.record("a command was sent to no server")
                    return
                }
                try await server.restart()
                try await eventually("it is connected") { client.status.isConnected }
            }
        }
    }

    @Test("a paused server: the deadline passes, and after recovery no reply is mismatched")
    func paused() async throws {
        try await withServerAndClient(configure: { configuration in
            configuration.commandDeadline = .milliseconds(200)
            configuration.connectTimeout = .milliseconds(200)
        }) { server, client in
            try await eventually("it is connected") { client.status.isConnected }
            server.pause()
            let errors = await withTaskGroup(of: RedisError?.self) { group in
                for number in 0..<50 {
                    group.addTask { await self.send(client, RedisCommand("ECHO", "old \(number)")) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            // On a slow machine the last ones may find the connection closed already.
            #expect(errors.allSatisfy { $0 != nil })
            #expect(errors.contains(.outcomeUnknown(.deadlineExceeded)))
            server.resume()
            var answered = 0
            try await eventually("fifty right answers") {
                if let reply = try? await client.send(RedisCommand("ECHO", "new \(answered)")) {
                    #expect(reply.value.string == "new \(answered)")
                    answered += 1
                }
                return answered == 50
            }
        }
    }

    @Test("a server that stays paused is given up, and found when it is back")
    func pausedForLong() async throws {
        try await withServerAndClient(configure: { configuration in
            configuration.commandDeadline = .milliseconds(50)
            configuration.connectTimeout = .milliseconds(100)
        }) { server, client in
            try await eventually("it is connected") { client.status.isConnected }
            let before = client.status.sessions.first
            server.pause()
            #expect(await self.send(client, RedisCommand("PING")) == .outcomeUnknown(.deadlineExceeded))
            try await eventually("the connection is given up") { !client.status.isConnected }
            server.resume()
            try await eventually("a new session") { client.status.sessions.contains { $0 != before } }
        }
    }

    @Test("an idle connection whose peer is silent is given up before a command meets it")
    func keepAlive() async throws {
        try await withServerAndClient(configure: { configuration in
            configuration.commandDeadline = .milliseconds(50)
            configuration.keepAliveInterval = .milliseconds(20)
        }) { server, client in
            try await eventually("it is connected") { client.status.isConnected }
            server.pause()
            try await eventually("the connection is given up") { !client.status.isConnected }
            server.resume()
        }
    }

    @Test("too many commands in flight are refused at once")
    func overload() async throws {
        try await withServerAndClient(configure: { $0.maximumInFlight = 10 }) { server, client in
            _ = try await client.session()
            server.pause()
            let admitted = (0..<10).map { _ in Task { await self.send(client, RedisCommand("PING")) } }
            try await eventually("all are queued") { client.status.commandsInFlight == 10 }
            #expect(await self.send(client, RedisCommand("PING")) == .notSent(.overloaded))
            server.resume()
            for task in admitted { #expect(await task.value == nil) }
        }
    }

    @Test("without a server, a command waits for the first attempt at most, and then fails at once")
    func neverRun() async throws {
        var configuration = RedisConfiguration(port: 1)
        configuration.commandDeadline = .milliseconds(20)
        let client = RedisClient(configuration)
        // run() was not called: there is no loop that would connect, and no one who would tell.
        let waiting = Task { await self.send(client, RedisCommand("PING")) }
        try await eventually("it waits") { client.status.commandsInFlight == 1 }
        async let running: Void = client.run()
        #expect(await waiting.value?.isNotSent == true)
        await client.shutdown()
        await running
    }

    @Test(
        "a reply that is malformed or beyond the limits closes the connection, and the outcome is unknown",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n", "$999999999999\r\n", "*3\r\n:x\r\n", String(repeating: "*1\r\n", count: 9),
            "*2147483647\r\n", "$2000\r\n" + String(repeating: "x", count: 5000), "+OK\r\n+surplus\r\n?",
        ])
    func malformed(answer: String) async throws {
        try await FakeServer.withServer(answering: answer) { server in
            var configuration = RedisConfiguration(port: server.port)
            configuration.maximumReplyBytes = 1000
            configuration.maximumReplyElements = 100
            configuration.commandDeadline = .seconds(20)
            try await RedisClient.withClient(configuration) { [configuration] client in
                #expect(configuration.port == server.port)
                _ = try await client.session()
                let error = await self.send(client, RedisCommand("PING"))
                #expect(error == nil || error?.isOutcomeUnknown == true)
                try await eventually("it connects anew") { server.accepted > 1 }
            }
        }
    }
}
