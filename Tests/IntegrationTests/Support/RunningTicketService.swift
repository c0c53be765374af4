import FlagModel
import Foundation
import TestRedis
import Testing

/// TicketService as its own process, with its flags from a FlagServer and its tickets in Redis.
final class RunningTicketService: Sendable, Addressed {
    /// Its name in the fleet.
    static let instance = "tickets-1"

    let address: String
    private let environment: [String: String]
    private let folder: URL
    private let program: Program

    private init(folder: URL, environment: [String: String]) async throws {
        self.folder = folder
        self.environment = environment
        self.program = try await Program.start(Built.ticketService, environment: environment, directory: folder)
        guard let line = try await self.program.output.line(containing: "TicketService listening on http://"),
            let address = line.split(separator: " ").last.map(String.init)
        else {
            throw HarnessError("TicketService did not start:\n\(self.program.errors.all)")
        }
        self.address = address
    }

    /// Starts a service with a reader's token that the control plane makes, and its cache in the control plane's folder.
    static func start(beside plane: RunningServer, redis: TestRedisServer) async throws -> RunningTicketService {
        let token = try await plane.flagctl(
            "token", "create", Self.instance, "--role", "reader", "--environment", "development", "-o", "json")
        #expect(token.status == 0, "\(token.errors)")
        let secret = try #require(try JSONParser.parse(token.output)["token"]?.stringValue)
        return try await RunningTicketService(
            folder: plane.folder,
            environment: [
                "FLAGS_SERVER": plane.address, "FLAGS_TOKEN": secret, "FLAGS_INSTANCE": Self.instance,
                "FLAGS_CACHE": plane.folder.appendingPathComponent("flags.cache").path,
                "REDIS_URL": redis.url, "TICKETS_PORT": "0",
            ])
    }

    /// Starts another process that is told the same.
    func startAgain() async throws -> RunningTicketService {
        try await RunningTicketService(folder: self.folder, environment: self.environment)
    }

    var log: String { self.program.errors.all }

    /// Ends the service politely and returns its exit status.
    @discardableResult
    func stop() async throws -> Int32 {
        self.program.signal(SIGTERM)
        return try await self.program.waitForExit()
    }

    /// Ends the service at once.
    func kill() async {
        self.program.signal(SIGKILL)
        _ = try? await self.program.waitForExit()
    }
}
