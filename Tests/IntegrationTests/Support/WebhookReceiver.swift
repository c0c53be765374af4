import FlagModel
import Foundation

/// The receiver that docs/webhooks.md shows, as its own process.
final class WebhookReceiver: Sendable {
    /// The secret that it verifies with.
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    /// An event that it took.
    struct Event: Sendable, Hashable {
        var id: String
        var type: String
        var data: JSONValue
    }

    let port: Int
    private let program: Program

    private init(port: Int, program: Program) {
        self.port = port
        self.program = program
    }

    /// Starts it.
    ///
    /// - Parameter port: Where it listens; 0: anywhere.
    static func start(port: Int = 0, secret: String = WebhookReceiver.secret) async throws -> WebhookReceiver {
        let document = try String(
            contentsOf: Built.project.appendingPathComponent("docs/webhooks.md"), encoding: .utf8)
        guard let script = document.components(separatedBy: "```python\n").last?.components(separatedBy: "```").first
        else { throw HarnessError("docs/webhooks.md shows no receiver") }
        let program = try await Program.start(
            "/usr/bin/python3", ["-c", script], environment: ["WEBHOOK_SECRET": secret, "PORT": String(port)])
        guard let line = try await program.output.line(containing: "listening on "),
            let listening = line.split(separator: " ").last.flatMap({ Int($0) })
        else { throw HarnessError("the receiver did not start:\n\(program.errors.all)") }
        return WebhookReceiver(port: listening, program: program)
    }

    var address: String { "http://127.0.0.1:\(self.port)/events" }

    /// What it took, in order.
    var events: [Event] {
        self.program.output.all.split(separator: "\n").dropFirst().compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            guard parts.count == 3, let data = try? JSONParser.parse(parts[2]) else { return nil }
            return Event(id: parts[0], type: parts[1], data: data)
        }
    }

    /// The revisions that it was told of, in order.
    var revisions: [Int64] { self.events.compactMap { $0.data["revision"]?.integerValue } }

    func stop() async throws {
        self.program.signal(SIGKILL)
        _ = try await self.program.waitForExit()
    }
}
