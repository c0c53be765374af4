import ControlPlane
import FlagAPI
import FlagModel
import FlagStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import TestSupport
import TicketRuntime

@testable import FlagServer

/// A server on a database of its own, with the project's own environments and migrations, and a client to it.
struct TestAPI: Sendable {
    static let adminToken = "test-admin-token-0123456789"
    static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    let server: Server
    let client: any TestClientProtocol
    /// All that was logged.
    let log: RecordingOutput
    /// All that was printed.
    let printed: RecordingOutput
    let clock: ManualClock

    /// How the test server runs: everything in `directory`, JWTs of ``TokenForge``.
    static func configuration(in directory: String) throws -> ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.databasePath = directory + "/signalbox.sqlite"
        configuration.environmentsDirectory = Self.project + "/environments"
        configuration.migrationsDirectory = Self.project + "/migrations"
        configuration.adminToken = Secret(Self.adminToken)
        configuration.jwt.secret = try JWTSecret(TokenForge.secretText)
        configuration.instanceID = "test-instance"
        configuration.logLevel = .trace
        // However slow the machine is, a preview evaluates the whole sample.
        configuration.limits.previewTime = .seconds(600)
        return configuration
    }

    /// Runs `body` against a server, which is gone afterwards.
    @discardableResult
    static func with<Value: Sendable>(
        _ setup: TestingSetup = .router, configure: (inout ServerConfiguration) throws -> Void = { _ in },
        _ body: @escaping @Sendable (TestAPI) async throws -> Value
    ) async throws -> Value {
        let directory = try TemporaryDirectory()
        var configuration = try Self.configuration(in: directory.path)
        try configure(&configuration)
        let log = RecordingOutput()
        let printed = RecordingOutput()
        let clock = ManualClock()
        let (level, format) = (configuration.logLevel, configuration.logFormat)
        let logger = Logger(label: "signalbox") { label in
            LineLogHandler(label: label, level: level, format: format, output: log, now: { clock.now })
        }
        let server = try await App.build(configuration, logger: logger, output: printed, clock: clock.ticketClock)
        do {
            let value = try await server.application.test(setup) { client in
                try await body(TestAPI(server: server, client: client, log: log, printed: printed, clock: clock))
            }
            try server.store.close()
            return value
        } catch {
            try server.store.close()
            throw error
        }
    }

    /// Sends a request.
    ///
    /// - Parameter token: The bearer credential; nil sends none.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = TestAPI.adminToken, json: JSONValue? = nil,
        body: String? = nil, headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        let text = json?.canonical ?? body
        if text != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let response = try await self.client.executeRequest(
            uri: path, method: method, headers: headers, body: text.map { ByteBuffer(string: $0) })
        return try Answer(response)
    }

    /// Makes an access token and returns its secret.
    func token(_ role: String, environments: [String]? = nil) async throws -> String {
        var body: [String: JSONValue] = ["name": .string("\(role)-\(UUID().uuidString)"), "role": .string(role)]
        if let environments { body["environments"] = .array(environments.map { .string($0) }) }
        let answer = try await self.send(.post, "/v1/tokens", json: .object(body))
        guard let secret = answer.body["token"]?.stringValue else { throw UnexpectedAnswer(answer) }
        return secret
    }

    /// A JWT of a user.
    func jwt(
        _ subject: String = DevelopmentSecret.subject, permissions: [String] = ["chat:read", "chat:write"],
        claims: [String: JSONValue] = [:]
    ) -> String {
        let all: [String: JSONValue] = [
            "sub": .string(subject), "email": .string("\(subject)@example.com"),
            "permissions": .array(permissions.map { .string($0) }),
            "exp": .integer(self.clock.now.millisecondsSinceEpoch / 1000 + 3600),
        ]
        return TokenForge().token(all.merging(claims) { $1 })
    }

    /// Sets the share of users that get tickets in development.
    @discardableResult
    func rollOut(_ percentage: Int64, flag: String = "ENABLE_WEBSOCKET_TICKETS") async throws -> Answer {
        try await self.commit([["op": "rollout", "flag": .string(flag), "percentage": .integer(percentage)]])
    }

    /// Commits changes to development, on the revision in force.
    @discardableResult
    func commit(_ changes: [JSONValue], token: String = TestAPI.adminToken) async throws -> Answer {
        let base = try self.server.plane.head(of: "development").revision
        return try await self.send(
            .post, "/v1/environments/development/changesets", token: token,
            json: ["baseRevision": .integer(base), "reason": "test", "changes": .array(changes)])
    }

    /// Asks for a ticket and returns it.
    func ticket(_ jwt: String? = nil, _ request: JSONValue? = nil) async throws -> String {
        let answer = try await self.send(.post, "/websocket/ticket", token: jwt ?? self.jwt(), json: request)
        guard let ticket = answer.body["ticket_id"]?.stringValue else { throw UnexpectedAnswer(answer) }
        return ticket
    }

    /// Consumes a ticket.
    func consume(_ ticket: String, token: String = TestAPI.adminToken) async throws -> Answer {
        try await self.send(.post, "/websocket/ticket/consume", token: token, json: ["ticket": .string(ticket)])
    }
}

/// A test went on with an answer that it could not use.
struct UnexpectedAnswer: Error, CustomStringConvertible {
    let description: String

    init(_ answer: Answer) {
        self.description = "\(answer.status): \(answer.text)"
    }
}
