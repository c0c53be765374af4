import Foundation

/// FlagServer as its own process, with its files in a temporary folder, on a free port.
final class RunningServer: Sendable {
    static let adminToken = "integration-admin-token-0123456789"
    static let jwtSecret = "integration-tests-sign-with-this-secret-0123456789"

    let folder: URL
    let environment: [String: String]
    private let program: Program
    let address: String

    private init(folder: URL, environment: [String: String], program: Program, address: String) {
        self.folder = folder
        self.environment = environment
        self.program = program
        self.address = address
    }

    /// Starts a server; ``stop()`` or ``kill()`` ends it. The folder stays, so that another can be started on it.
    static func start(in folder: URL, environment: [String: String] = [:]) async throws -> RunningServer {
        let environment = [
            "SIGNALBOX_LISTEN": "127.0.0.1:0",
            "SIGNALBOX_DATABASE": folder.appendingPathComponent("signalbox.sqlite").path,
            "SIGNALBOX_ENVIRONMENTS_DIR": Built.project.appendingPathComponent("environments").path,
            "SIGNALBOX_MIGRATIONS_DIR": Built.project.appendingPathComponent("migrations").path,
            "SIGNALBOX_ADMIN_TOKEN": Self.adminToken,
            "SIGNALBOX_JWT_HS256_SECRET": Self.jwtSecret,
        ].merging(environment) { $1 }
        let program = try await Program.start(Built.server, environment: environment, directory: folder)
        guard let line = try await program.output.line(containing: "FlagServer listening on http://"),
            let address = line.split(separator: " ").last.map(String.init)
        else {
            throw HarnessError("FlagServer did not start:\n\(program.errors.all)")
        }
        return RunningServer(folder: folder, environment: environment, program: program, address: address)
    }

    /// Starts a server in a folder of its own and removes both afterwards.
    static func with<Value>(
        environment: [String: String] = [:], _ body: (RunningServer) async throws -> Value
    ) async throws -> Value {
        let folder = try Self.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try await Self.start(in: folder, environment: environment)
        do {
            let value = try await body(server)
            _ = try await server.stop()
            return value
        } catch {
            await server.kill()
            throw error
        }
    }

    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("signalbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    var processIdentifier: Int32 { self.program.processIdentifier }
    var log: String { self.program.errors.all }
    var output: String { self.program.output.all }

    /// Ends the server politely and returns its exit status.
    @discardableResult
    func stop() async throws -> Int32 {
        self.program.signal(SIGTERM)
        return try await self.program.waitForExit()
    }

    /// Ends the server at once, as a power cut would.
    func kill() async {
        self.program.signal(SIGKILL)
        _ = try? await self.program.waitForExit()
    }

    func signal(_ number: Int32) { self.program.signal(number) }
    func waitForExit() async throws -> Int32 { try await self.program.waitForExit() }

    /// Runs flagctl against this server.
    func flagctl(_ arguments: String..., environment: [String: String] = [:], input: String? = nil) async throws
        -> Program.Result
    {
        try await self.flagctl(arguments, environment: environment, input: input)
    }

    /// Runs flagctl against this server.
    func flagctl(_ arguments: [String], environment: [String: String] = [:], input: String? = nil) async throws
        -> Program.Result
    {
        try await Program.run(
            Built.flagctl, arguments,
            environment: [
                "FLAGCTL_SERVER": self.address, "FLAGCTL_TOKEN": Self.adminToken,
                "XDG_CONFIG_HOME": self.folder.appendingPathComponent("config").path,
            ].merging(environment) { $1 },
            directory: self.folder, input: input)
    }
}
