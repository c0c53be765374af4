import RedisClient
import Testing

@Suite("Redis URLs")
struct RedisURLTests {
    @Test("host, port and database are read")
    func hostPortDatabase() throws {
        let configuration = try RedisConfiguration(url: "redis://cache.example:6380/3")
        #expect(configuration.host == "cache.example")
        #expect(configuration.port == 6380)
        #expect(configuration.database == 3)
        #expect(configuration.credentials == nil)
        #expect(configuration.tls == nil)
    }

    @Test("port and database have Redis' defaults")
    func defaults() throws {
        let configuration = try RedisConfiguration(url: "redis://cache.example")
        #expect(configuration.port == 6379)
        #expect(configuration.database == 0)
    }

    @Test("user and password are percent-decoded")
    func credentials() throws {
        let configuration = try RedisConfiguration(url: "redis://al%40ice:p%2Fs%3As%25@h")
        #expect(configuration.credentials == RedisCredentials(user: "al@ice", password: "p/s:s%"))
    }

    @Test("a password without a user belongs to the default user")
    func passwordOnly() throws {
        let configuration = try RedisConfiguration(url: "redis://:s3cret@h:1")
        #expect(configuration.credentials == RedisCredentials(password: "s3cret"))
    }

    @Test("an IPv6 address stands in brackets")
    func ipv6() throws {
        let configuration = try RedisConfiguration(url: "redis://[::1]:7000/1")
        #expect(configuration.host == "::1")
        #expect(configuration.port == 7000)
        #expect("\(configuration)" == "redis://[::1]:7000/1")
    }

    @Test("rediss is TLS with the authority's file from the query")
    func tls() throws {
        let configuration = try RedisConfiguration(url: "rediss://h?ca=/etc/my%20ca.pem&verify=ca&name=web-1")
        #expect(configuration.tls?.certificateAuthorityFile == "/etc/my ca.pem")
        #expect(configuration.tls?.verification == .chainOnly)
        #expect(configuration.clientName == "web-1")
    }

    @Test("TLS verifies everything unless told otherwise")
    func fullVerification() throws {
        #expect(try RedisConfiguration(url: "rediss://h").tls?.verification == .full)
    }

    @Test(
        "a malformed URL is refused with its reason",
        arguments: [
            ("http://h", RedisURLError.unknownScheme),
            ("redis://", .missingHost),
            ("redis://:@", .missingHost),
            ("redis://[::1", .missingHost),
            ("redis://token@h", .missingPassword),
            ("redis://h:0", .invalidPort),
            ("redis://h:65536", .invalidPort),
            ("redis://h:x", .invalidPort),
            ("redis://h/x", .invalidDatabase),
            ("redis://h/-1", .invalidDatabase),
            ("redis://u:%zz@h", .invalidEncoding(part: "password")),
            ("redis://%ff:p@h", .invalidEncoding(part: "user")),
            ("redis://h?colour=red", .unknownOption),
            ("redis://h?ca=/x", .optionNeedsTLS("ca")),
            ("rediss://h?verify=none", .invalidOption("verify")),
            ("redis://h?connections=0", .invalidOption("connections")),
        ])
    func malformed(url: String, reason: RedisURLError) {
        #expect(throws: reason) { try RedisConfiguration(url: url) }
    }

    @Test(
        "no error echoes the password",
        arguments: [
            "redis://u:hunter2@", "redis://u:hunter2@h:x", "redis://u:hunter2@h/x", "redis://u:hunter2%z@h",
            "redis://u:a?hunter2=b@h", "redis://u:1/hunter2@h", "redis://hunter2@h", "redis://u:hunter2@h?x=1",
        ])
    func noEcho(url: String) {
        let error = #expect(throws: RedisURLError.self) { try RedisConfiguration(url: url) }
        #expect(error.map { !"\($0) \(String(reflecting: $0))".contains("hunter2") } == true)
    }

    @Test("no description, dump or reflection of a configuration shows the password")
    func redaction() throws {
        let configuration = try RedisConfiguration(url: "rediss://alice:hunter2@h:1/2")
        var dumped = ""
        dump(configuration, to: &dumped)
        dump(configuration.credentials, to: &dumped)
        let texts = [
            "\(configuration)", String(reflecting: configuration), "\(configuration.credentials as Any)", dumped,
        ]
        for text in texts {
            #expect(!text.contains("hunter2"))
        }
        #expect("\(configuration)" == "rediss://alice:<redacted>@h:1/2")
    }
}
