import ArgumentParser
import FlagModel
import Logging
import NIOCore
import Testing
import TicketRuntime

@testable import FlagServer

@Suite("Settings come from flags, then variables, then a file, and are checked")
struct ServerConfigurationTests {
    static let longEnough = "0123456789abcdef0123456789abcdef"

    static func read(
        flags: [Setting: String] = [:], _ environment: [String: String] = [:], files: [String: String] = [:]
    ) throws(ConfigurationError) -> ServerConfiguration {
        let files = FakeFiles(contents: files)
        return try ServerConfiguration(
            try SettingValues(flags: flags, environment: environment, files: files), files: files)
    }

    /// What a start with these settings would complain about.
    static func faults(
        flags: [Setting: String] = [:], _ environment: [String: String], files: [String: String] = [:]
    ) -> String {
        do throws(ConfigurationError) {
            _ = try Self.read(flags: flags, environment, files: files)
            return ""
        } catch {
            return error.description
        }
    }

    @Test("Without settings everything is as documented")
    func hasDefaults() throws {
        let configuration = try Self.read()
        #expect(configuration.listen == ListenAddress(host: "127.0.0.1", port: 8080))
        #expect(configuration.databasePath == "var/signalbox.sqlite" && configuration.dataDirectory == "var")
        #expect(configuration.environmentsDirectory == "environments")
        #expect(configuration.migrationsDirectory == "migrations")
        #expect(configuration.runtimeEnvironment == "development")
        #expect(configuration.redis == nil && configuration.adminToken == nil && !configuration.jwt.hasKey)
        #expect(configuration.shutdownTimeout == .seconds(10) && configuration.logLevel == .info)
    }

    @Test("The table's defaults are those that apply")
    func tableIsTrue() throws {
        var documented: [Setting: String] = [:]
        for setting in Setting.allCases { documented[setting] = setting.defaultText }
        let explicit = try Self.read(flags: documented)
        let implicit = try Self.read()
        #expect(explicit.listen == implicit.listen && explicit.databasePath == implicit.databasePath)
        #expect(explicit.environmentsDirectory == implicit.environmentsDirectory)
        #expect(explicit.migrationsDirectory == implicit.migrationsDirectory)
        #expect(explicit.runtimeEnvironment == implicit.runtimeEnvironment)
        #expect(explicit.ticketPrefix == implicit.ticketPrefix)
        #expect(explicit.shutdownTimeout == implicit.shutdownTimeout)
        #expect(explicit.logLevel == implicit.logLevel && explicit.logFormat == implicit.logFormat)
        let rows = Setting.markdownTable.split(separator: "\n").count
        #expect(rows == Setting.allCases.count + 2)
    }

    @Test("The names that other programs rely on stay")
    func keepsNames() {
        let names = Set(Setting.allCases.map(\.variable))
        for name in [
            "SIGNALBOX_LISTEN", "SIGNALBOX_DATABASE", "SIGNALBOX_ENVIRONMENTS_DIR", "SIGNALBOX_MIGRATIONS_DIR",
            "SIGNALBOX_RUNTIME_ENVIRONMENT", "SIGNALBOX_ADMIN_TOKEN", "REDIS_URL", "SIGNALBOX_JWT_HS256_SECRET",
            "SIGNALBOX_JWT_ES256_PUBLIC_KEY_FILE", "SIGNALBOX_JWT_ISSUER", "SIGNALBOX_JWT_AUDIENCE",
        ] {
            #expect(names.contains(name))
        }
    }

    @Test("A flag wins over a variable, a variable over the file")
    func hasPrecedence() throws {
        let files = ["c.yaml": "database: file.sqlite\nlisten: 127.0.0.1:1\nlog-level: debug\n"]
        let configuration = try Self.read(
            flags: [.listen: "127.0.0.1:3", .config: "c.yaml"],
            ["SIGNALBOX_LISTEN": "127.0.0.1:2", "SIGNALBOX_DATABASE": "variable.sqlite"], files: files)
        #expect(configuration.listen.port == 3)
        #expect(configuration.databasePath == "variable.sqlite")
        #expect(configuration.logLevel == .debug)
    }

    @Test("Every setting that is not secret has a flag that is read, and no secret has one")
    func hasFlags() throws {
        for setting in Setting.allCases {
            guard let flag = setting.flag else {
                #expect(throws: (any Error).self) { _ = try SettingOptions.parse(["--\(setting.rawValue)", "x"]) }
                continue
            }
            #expect(try SettingOptions.parse([flag, "value"]).values == [setting: "value"])
        }
    }

    @Test("Every setting of the file is read; one that does not exist is refused with the nearest name")
    func readsFile() throws {
        let files = ["c.yaml": "lisen: 127.0.0.1:1\nzzz: 1\nport: [a, 1]\n"]
        let faults = Self.faults(["SIGNALBOX_CONFIG": "c.yaml"], files: files)
        #expect(faults.contains("c.yaml: lisen is not a setting; did you mean listen?"))
        #expect(faults.contains("c.yaml: zzz is not a setting"))
        #expect(
            Self.faults(["SIGNALBOX_CONFIG": "c.yaml"], files: ["c.yaml": "listen: {a: 1}"]).contains(
                "listen: expected"))
        #expect(Self.faults(["SIGNALBOX_CONFIG": "c.yaml"], files: ["c.yaml": "a: b: c"]).contains("line 1"))
        #expect(Self.faults(["SIGNALBOX_CONFIG": "c.yaml"], files: ["c.yaml": "- 1"]).contains("holds an array"))
        #expect(Self.faults(["SIGNALBOX_CONFIG": "none.yaml"]).contains("none.yaml does not exist"))
        let origins = try Self.read(
            ["SIGNALBOX_CONFIG": "c.yaml"], files: ["c.yaml": "allowed-origins: [https://a.example, https://b.example]"]
        )
        #expect(
            origins.allowedOrigins.allows("https://b.example") && !origins.allowedOrigins.allows("https://c.example"))
    }

    @Test(
        "A value that cannot be used is refused with its name and what is expected",
        arguments: [
            ("SIGNALBOX_LISTEN", "8080", "host:port"), ("SIGNALBOX_LISTEN", "127.0.0.1:99999", "host:port"),
            ("SIGNALBOX_LISTEN", "::1:80", "host:port"), ("SIGNALBOX_RUNTIME_ENVIRONMENT", "Prod!", "lower-case"),
            ("SIGNALBOX_SHUTDOWN_TIMEOUT", "0s", "1s to 1h"), ("SIGNALBOX_SHUTDOWN_TIMEOUT", "ten", "1s to 1h"),
            ("SIGNALBOX_LOG_LEVEL", "verbose", "one of trace"), ("SIGNALBOX_LOG_FORMAT", "xml", "one of text"),
            ("SIGNALBOX_WEBSOCKET_URL", "http://x", "ws://"), ("SIGNALBOX_WEBSOCKET_URL", "nope", "ws://"),
            ("SIGNALBOX_WEBSOCKET_URL", "wss:///ws", "ws://"), ("SIGNALBOX_TRUSTED_PROXIES", "10.0.0.1,lb", "IP addr"),
            ("SIGNALBOX_TICKET_PREFIX", "a b", "A-Z"),
            ("SIGNALBOX_ALLOWED_ORIGINS", "not an origin", "rigin"), ("SIGNALBOX_INSTANCE_ID", "a\nb", "line breaks"),
            ("REDIS_URL", "http://localhost", "redis://"),
            ("SIGNALBOX_JWT_ES256_PUBLIC_KEY_FILE", "/nowhere.pem", "/nowhere.pem does not exist"),
        ])
    func refusesValues(name: String, value: String, expectation: String) {
        let faults = Self.faults([name: value])
        #expect(faults.hasPrefix(name + ": "))
        #expect(faults.contains(expectation), "\(faults)")
    }

    @Test("Every fault is named at once")
    func namesAllFaults() {
        let faults = Self.faults([
            "SIGNALBOX_LISTEN": "x", "SIGNALBOX_LOG_LEVEL": "x", "SIGNALBOX_ADMIN_TOKEN": "short",
        ])
        #expect(faults.split(separator: "\n").count == 3)
    }

    @Test("A weak secret is refused with its name, its cure, and not itself")
    func refusesWeakSecrets() {
        let token = Self.faults(["SIGNALBOX_ADMIN_TOKEN": "fifteen-chars!!"])
        #expect(token.hasPrefix("SIGNALBOX_ADMIN_TOKEN: ") && token.contains("16") && token.contains("openssl"))
        #expect(!token.contains("fifteen"))
        let secret = Self.faults(["SIGNALBOX_JWT_HS256_SECRET": "thirty-one-bytes-are-not-enough"])
        #expect(secret.hasPrefix("SIGNALBOX_JWT_HS256_SECRET: ") && secret.contains("32") && secret.contains("openssl"))
        #expect(!secret.contains("thirty"))
        let redis = Self.faults(["REDIS_URL": "redis://:pass-word@host:99999"])
        #expect(redis.hasPrefix("REDIS_URL: ") && !redis.contains("pass-word"))
        #expect(Self.faults(["SIGNALBOX_ADMIN_TOKEN": "sixteen characters"]).contains("visible ASCII"))
    }

    @Test(
        "A secret that is there but empty is refused: it was meant to be filled in",
        arguments: ["SIGNALBOX_ADMIN_TOKEN", "SIGNALBOX_JWT_HS256_SECRET", "REDIS_URL"])
    func refusesEmptySecrets(name: String) {
        #expect(Self.faults([name: ""]).hasPrefix("\(name): is empty"))
    }

    @Test("A secret may stand in a file, without the line feed at its end; empty and missing files are named")
    func readsSecretFiles() throws {
        let configuration = try Self.read(
            ["SIGNALBOX_ADMIN_TOKEN_FILE": "/run/token", "SIGNALBOX_JWT_HS256_SECRET_FILE": "/run/jwt"],
            files: ["/run/token": "sixteen-characters\n", "/run/jwt": Self.longEnough + "\r\n"])
        #expect(configuration.adminToken?.matches("sixteen-characters") == true)
        #expect(configuration.jwt.secret?.bytes == Array(Self.longEnough.utf8))

        let empty = Self.faults(["SIGNALBOX_ADMIN_TOKEN_FILE": "/run/token"], files: ["/run/token": "\n"])
        #expect(empty.contains("SIGNALBOX_ADMIN_TOKEN_FILE (/run/token): is empty"))
        let missing = Self.faults(["SIGNALBOX_JWT_HS256_SECRET_FILE": "/run/jwt"])
        #expect(missing.contains("SIGNALBOX_JWT_HS256_SECRET_FILE: /run/jwt does not exist"))
        let both = Self.faults(
            ["SIGNALBOX_ADMIN_TOKEN": "sixteen-characters", "SIGNALBOX_ADMIN_TOKEN_FILE": "/run/token"],
            files: ["/run/token": "sixteen-characters"])
        #expect(both.contains("take one of them away"))
    }

    @Test("A variable with a secret wins over the configuration file's file")
    func prefersNearerSecret() throws {
        let configuration = try Self.read(
            ["SIGNALBOX_ADMIN_TOKEN": "from-the-variable", "SIGNALBOX_CONFIG": "c.yaml"],
            files: ["c.yaml": "admin-token-file: /run/token", "/run/token": "from-the-file-here"])
        #expect(configuration.adminToken?.matches("from-the-variable") == true)
    }

    @Test("Outside development a key for JWTs is needed, and the start says which variables give one")
    func needsKeys() throws {
        let faults = try #require(throws: ConfigurationError.self) {
            try Self.read(["SIGNALBOX_RUNTIME_ENVIRONMENT": "production"]).requireKeys()
        }.description
        for name in [
            "SIGNALBOX_JWT_HS256_SECRET", "SIGNALBOX_JWT_HS256_SECRET_FILE", "SIGNALBOX_JWT_ES256_PUBLIC_KEY_FILE",
        ] {
            #expect(faults.contains(name))
        }
        let configuration = try Self.read([
            "SIGNALBOX_RUNTIME_ENVIRONMENT": "production", "SIGNALBOX_JWT_HS256_SECRET": Self.longEnough,
        ])
        #expect(configuration.advice.count == 2)
        try configuration.requireKeys()
        try Self.read().requireKeys()
    }

    @Test("A variable that is nearly a setting's is pointed out")
    func noticesSlips() throws {
        let values = try SettingValues(
            environment: ["SIGNALBOX_LISTN": "x", "SIGNALBOX_ONLY": "x", "OTHER": "x"], files: FakeFiles())
        #expect(values.suspicious.map(\.suggestion) == ["SIGNALBOX_LISTEN"])
    }

    @Test("Showing the settings shows where each comes from, and no secret")
    func listsSettings() throws {
        let values = try SettingValues(
            flags: [.listen: "127.0.0.1:1"],
            environment: ["SIGNALBOX_ADMIN_TOKEN": "very-secret-token", "REDIS_URL": "redis://:pw@localhost"],
            files: FakeFiles())
        let listing = ConfigCommand.listing(of: values)
        #expect(
            listing.contains("--listen") && listing.contains("SIGNALBOX_ADMIN_TOKEN") && listing.contains("REDIS_URL"))
        #expect(!listing.contains("very-secret-token") && !listing.contains("pw@"))
        #expect(listing.split(separator: "\n").count == Setting.allCases.count)
    }

    @Test("A secret describes, interpolates and dumps as redacted")
    func redactsSecrets() {
        let secret = Secret("very-secret-token")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(describing: secret), String(reflecting: secret), dumped] {
            #expect(!text.contains("very-secret"))
        }
        #expect(secret.matches("very-secret-token") && !secret.matches("very-secret-tokem") && !secret.matches(""))
    }

    @Test(
        "An address is a host and a port",
        arguments: [
            ("127.0.0.1:0", "127.0.0.1", 0), ("[::1]:8080", "::1", 8080), ("localhost:65535", "localhost", 65535),
        ])
    func readsAddresses(text: String, host: String, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host && address.port == port && address.description == text)
    }

    @Test("A host that is not known is named with its setting and what to do")
    func explainsUnknownHosts() async throws {
        let error = try #require(throws: SocketAddressError.UnknownHost.self) {
            try SocketAddress.makeAddressResolvingHost("nohost.invalid", port: 80)
        }
        let text = ConfigurationError(listening: error, on: ListenAddress(host: "nohost.invalid", port: 80)).description
        #expect(text.hasPrefix("SIGNALBOX_LISTEN: the host nohost.invalid is not known; use "))
    }

    @Test("What listens everywhere is reached on this machine")
    func findsReachableAddress() {
        #expect(ListenAddress(host: "0.0.0.0", port: 1).reachable.description == "127.0.0.1:1")
        #expect(ListenAddress(host: "::", port: 1).reachable.description == "[::1]:1")
    }
}
