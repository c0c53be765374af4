import RedisClient
import TestRedis
import TestSupport
import Testing

@Suite("Authentication and encryption")
struct RedisClientSecurityTests {
    private func firstError(_ configuration: RedisConfiguration) async throws -> RedisError? {
        var configuration = configuration
        configuration.commandDeadline = .seconds(20)
        configuration.connectTimeout = .seconds(20)
        return try await RedisClient.withClient(configuration) { client in
            await redisError { () async throws(RedisError) in try await client.send(RedisCommand("PING")) }
        }
    }

    private func expectUnavailable(_ error: RedisError?, _ text: String) {
        guard case .notSent(.unavailable(let cause)) = error else {
            Issue.record("not unavailable: \(String(describing: error))")
            return
        }
        #expect(cause.contains(text))
    }

    @Test("the password of the default user opens the door; a wrong one, or none, does not")
    func password() async throws {
        try await TestRedisServer.withServer(.init(password: "right")) { server in
            #expect(try await self.firstError(try RedisConfiguration(url: server.url)) == nil)
            var configuration = RedisConfiguration(port: server.port)
            self.expectUnavailable(try await self.firstError(configuration), "NOAUTH")
            configuration.credentials = RedisCredentials(password: "wrong")
            self.expectUnavailable(try await self.firstError(configuration), "WRONGPASS")
        }
    }

    @Test("an ACL user authenticates with name and password")
    func user() async throws {
        try await TestRedisServer.withServer { server in
            try await server.command("ACL", "SETUSER", "alice", "on", ">p@ss", "~*", "+@all")
            let configuration = try RedisConfiguration(url: "redis://alice:p%40ss@127.0.0.1:\(server.port)")
            try await RedisClient.withClient(configuration) { client in
                let user = try await client.send(RedisCommand("ACL", "WHOAMI")).value.string
                #expect(user == "alice")
            }
        }
    }

    @Test("the database of the URL is selected")
    func database() async throws {
        try await TestRedisServer.withServer { server in
            let configuration = try RedisConfiguration(url: "redis://127.0.0.1:\(server.port)/5?name=tester")
            try await RedisClient.withClient(configuration) { client in
                let info = try await client.send(RedisCommand("CLIENT", "INFO")).value.string ?? ""
                #expect(info.contains("db=5"))
                #expect(info.contains("name=tester"))
            }
        }
    }

    @Test("a database that does not exist keeps commands from the wrong one")
    func missingDatabase() async throws {
        try await TestRedisServer.withServer { server in
            let configuration = try RedisConfiguration(url: "redis://127.0.0.1:\(server.port)/99")
            self.expectUnavailable(try await self.firstError(configuration), "out of range")
        }
    }

    @Test("TLS to an address and to a name works with the authority's file, and only with it")
    func tls() async throws {
        try await TestRedisServer.withServer(.init(password: "right", tls: true)) { server in
            var configuration = try RedisConfiguration(url: server.url)
            #expect(try await self.firstError(configuration) == nil)
            configuration.host = "localhost"
            #expect(try await self.firstError(configuration) == nil)
            configuration.tls = RedisTLS()
            self.expectUnavailable(try await self.firstError(configuration), "CERTIFICATE_VERIFY_FAILED")
        }
    }

    @Test("a certificate for another name is refused, unless only the chain is to be verified")
    func wrongName() async throws {
        // Another loopback address: the server listens there, but its certificate does not say so.
        let options = TestRedisOptions(tls: true, arguments: ["--bind", "127.0.0.1", "127.0.0.2"])
        try await TestRedisServer.withServer(options) { server in
            var configuration = try RedisConfiguration(url: server.url)
            configuration.host = "127.0.0.2"
            self.expectUnavailable(try await self.firstError(configuration), "failedToValidateHostname")
            configuration.tls?.verification = .chainOnly
            #expect(try await self.firstError(configuration) == nil)
        }
    }

    @Test("an authority's file that does not exist is named in the error")
    func missingAuthority() async throws {
        try await TestRedisServer.withServer(.init(tls: true)) { server in
            var configuration = try RedisConfiguration(url: server.url)
            configuration.tls = RedisTLS(certificateAuthorityFile: "/nonexistent/ca.pem")
            self.expectUnavailable(try await self.firstError(configuration), "TLS cannot be set up")
        }
    }

    @Test("no error, status or log line shows the password, whatever goes wrong")
    func secrecy() async throws {
        let recorder = LogRecorder()
        let secret = "hunter2-hunter2"
        var texts: [String] = []
        try await TestRedisServer.withServer(.init(password: "other")) { server in
            var configuration = RedisConfiguration(port: server.port)
            configuration.credentials = RedisCredentials(password: secret)
            configuration.backoff = RedisBackoff(initial: .milliseconds(1), maximum: .milliseconds(2))
            texts += try await RedisClient.withClient(configuration, logger: recorder.logger) { client in
                let refused = await redisError { () async throws(RedisError) in
                    try await client.send(RedisCommand("PING"))
                }
                let failure = client.status.lastFailure
                // From here on the password is right: a success is logged, too.
                try await server.command("CONFIG", "SET", "requirepass", secret)
                try await eventually("it is connected") { client.status.isConnected }
                var dumped = ""
                dump(client, to: &dumped)
                return ["\(refused as Any)", String(reflecting: failure), "\(client.status)", dumped]
            }
        }
        #expect(recorder.lines.contains { $0.contains("connected to Redis") })
        #expect(recorder.lines.contains { $0.contains("WRONGPASS") })
        for text in texts + recorder.lines {
            #expect(!text.contains(secret))
        }
    }
}
