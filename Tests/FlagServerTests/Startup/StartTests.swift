import ControlPlane
import FlagModel
import FlagStore
import Foundation
import Logging
import TestSupport
import Testing

@testable import FlagServer

@Suite("A start makes what is missing, or says what is wrong")
struct StartTests {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Builds a server on `configuration` and hands it to `body`.
    static func build(_ configuration: ServerConfiguration, _ body: (Server) throws -> Void = { _ in }) async throws {
        let server = try await App.build(
            configuration, logger: Self.quiet, output: RecordingOutput(), clock: ManualClock().ticketClock)
        defer { try? server.store.close() }
        try body(server)
    }

    /// A folder of environments of its own.
    static func declare(_ files: [String: String], in directory: borrowing TemporaryDirectory) throws -> String {
        let folder = directory.file("environments")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        return folder
    }

    /// What a start with these environments' files complains about, and whether a database was made.
    static func refusal(_ files: [String: String]) async throws -> String {
        let directory = try TemporaryDirectory()
        var configuration = try TestAPI.configuration(in: directory.path)
        configuration.environmentsDirectory = try Self.declare(files, in: directory)
        do {
            try await Self.build(configuration)
            return ""
        } catch let error as ConfigurationError {
            if FileManager.default.fileExists(atPath: configuration.databasePath) {
                configuration.environmentsDirectory = TestAPI.project + "/environments"
                try await Self.build(configuration) { server in
                    #expect(server.plane.environments.allSatisfy { $0.revision == 1 })
                    let development = try server.plane.snapshot(of: "development")
                    #expect(development.flags.count > 3, "something was written")
                }
            }
            return error.description
        }
    }

    @Test("A file with a fault stops the start, naming file and place, and nothing is written")
    func refusesBadFiles() async throws {
        let good = "environment: development\nflags: {}\n"
        let syntax = try await Self.refusal(["a.yaml": good, "b.yaml": "environment: [unclosed\n"])
        #expect(syntax.contains("/b.yaml: line "))
        let member = try await Self.refusal(["a.yaml": good, "b.yaml": "environment: staging\nflag: {}\n"])
        #expect(member.contains("/b.yaml: flag: "))
        let bounds = try await Self.refusal([
            "a.yaml": good,
            "b.yaml": """
            environment: staging
            flags:
              TTL: { type: integer, constraints: { maximum: 60 }, variants: { d: 61 }, defaultVariant: d }
            """,
        ])
        #expect(bounds.contains("/b.yaml: flags.TTL.variants.d: ") && bounds.contains("60"))
        let twice = try await Self.refusal(["a.yaml": good, "b.yaml": good])
        #expect(twice.contains("/b.yaml: declares development, which "))
        let invariant = try await Self.refusal([
            "a.yaml": good,
            "b.yaml": "environment: staging\ninvariants: { never: { message: nope, rule: false } }\nflags: {}\n",
        ])
        #expect(invariant.contains("/b.yaml: ") && invariant.contains("nope"))
    }

    @Test("An environment that is in the database is left alone, whatever its file says now")
    func leavesExistingAlone() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try TestAPI.configuration(in: directory.path)
        try await Self.build(configuration)
        configuration.environmentsDirectory = try Self.declare(
            ["development.yaml": "environment: development\nflags: {}\n", "new.yml": "environment: new\nflags: {}\n"],
            in: directory)
        try await Self.build(configuration) { server in
            let development = try server.plane.snapshot(of: "development")
            #expect(development.flags.count == 12)
            #expect(server.plane.environments.map(\.name).contains("new"))
        }
    }

    @Test("A runtime environment that does not exist is refused with the nearest name")
    func refusesUnknownRuntimeEnvironment() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try TestAPI.configuration(in: directory.path)
        configuration.runtimeEnvironment = "productoin"
        let error = await #expect(throws: ConfigurationError.self) { try await Self.build(configuration) }
        #expect(error?.description.hasPrefix("SIGNALBOX_RUNTIME_ENVIRONMENT: ") == true)
        #expect(error?.description.contains("production") == true)
    }

    @Test("A slip in the runtime environment's name is not taken for missing keys")
    func tellsSlipFromMissingKeys() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try TestAPI.configuration(in: directory.path)
        configuration.jwt.secret = nil
        configuration.runtimeEnvironment = "productoin"
        let slip = await #expect(throws: ConfigurationError.self) { try await Self.build(configuration) }
        #expect(slip?.description.hasPrefix("SIGNALBOX_RUNTIME_ENVIRONMENT: ") == true)
        #expect(slip?.description.contains("did you mean production?") == true)
        configuration.runtimeEnvironment = "production"
        let missing = await #expect(throws: ConfigurationError.self) { try await Self.build(configuration) }
        #expect(missing?.description.hasPrefix("SIGNALBOX_JWT_HS256_SECRET: ") == true)
    }

    @Test("No environment is made when a key or the runtime environment is wrong")
    func checksBeforeWriting() async throws {
        let directory = try TemporaryDirectory()
        let good = try TestAPI.configuration(in: directory.path)
        var badKey = good
        badKey.jwt.publicKey = ("not a key", "/etc/key.pem")
        var badName = good
        badName.runtimeEnvironment = "elsewhere"
        for configuration in [badKey, badName] {
            await #expect(throws: ConfigurationError.self) { try await Self.build(configuration) }
        }
        var later = good
        later.environmentsDirectory = try Self.declare(
            ["development.yaml": "environment: development\nflags: {}\n"], in: directory)
        try await Self.build(later) { server in
            #expect(server.plane.environments.map(\.name) == ["development"])
        }
    }

    @Test("Folders that are not there are named")
    func refusesMissingFolders() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try TestAPI.configuration(in: directory.path)
        configuration.environmentsDirectory = directory.file("none")
        let environments = await #expect(throws: ConfigurationError.self) { try await Self.build(configuration) }
        #expect(environments?.description.contains("SIGNALBOX_ENVIRONMENTS_DIR: the folder ") == true)
        configuration = try TestAPI.configuration(in: directory.path)
        configuration.migrationsDirectory = directory.file("none")
        let migrations = await #expect(throws: StorageFailure.self) { try await Self.build(configuration) }
        #expect(migrations?.description.contains("none") == true)
    }

    @Test("A public key that is none is named with its setting and file")
    func refusesBadKey() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try TestAPI.configuration(in: directory.path)
        configuration.jwt.publicKey = ("not a key", "/etc/key.pem")
        let error = await #expect(throws: ConfigurationError.self) { try await Self.build(configuration) }
        #expect(error?.description.hasPrefix("SIGNALBOX_JWT_ES256_PUBLIC_KEY_FILE: /etc/key.pem: ") == true)
    }

    @Test("In development without keys a secret is made beside the database, for this user alone, and kept")
    func makesDevelopmentSecret() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try TestAPI.configuration(in: directory.file("var"))
        configuration.jwt.secret = nil
        var tokens: [String] = []
        for _ in 0..<2 {
            try await Self.build(configuration) { server in
                tokens.append(
                    try #require(server.development)
                        .token(subject: "carol", email: nil, permissions: [], now: TokenForge.now))
            }
        }
        #expect(tokens[0] == tokens[1])
        let path = directory.file("var/development-jwt-secret")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
