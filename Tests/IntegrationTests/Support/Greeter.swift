import Foundation

/// `Examples/GreetingService` as its own process: a service with FlagClient that can be frozen and killed.
final class Greeter: Sendable {
    private let program: Program

    private init(_ program: Program) { self.program = program }

    /// Runs the service for as long as `body` takes, and kills it if it still runs then.
    static func with<Value>(
        _ server: RunningServer, environment: String = "greetings", token: String = RunningServer.adminToken,
        cache: URL? = nil, _ body: (Greeter) async throws -> Value
    ) async throws -> Value {
        var variables = [
            "FLAGS_SERVER": server.address, "FLAGS_ENVIRONMENT": environment, "FLAGS_TOKEN": token,
        ]
        if let cache { variables["FLAGS_CACHE"] = cache.path }
        let program = try await Program.start(Built.greetingService, environment: variables)
        do {
            let value = try await body(Greeter(program))
            await Self.end(program)
            return value
        } catch {
            await Self.end(program)
            throw error
        }
    }

    /// What it said so far, one greeting a line.
    var greetings: [String] {
        self.lines.filter { $0.hasSuffix("!") }.compactMap { $0.components(separatedBy: "] ").last }
    }

    /// The revisions that it put in force, in order.
    var revisions: [Int64] {
        self.lines.filter { $0.contains("flags in force") }.compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("flags.revision=") }.flatMap { Int64($0.dropFirst(15)) }
        }
    }

    var log: String { self.program.output.all + self.program.errors.all }

    func freeze() { self.program.signal(SIGSTOP) }
    func thaw() { self.program.signal(SIGCONT) }

    private var lines: [String] { self.log.split(separator: "\n").map(String.init) }

    private static func end(_ program: Program) async {
        program.signal(SIGKILL)
        _ = try? await program.waitForExit()
    }
}
