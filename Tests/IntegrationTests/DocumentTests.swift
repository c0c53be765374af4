import Foundation
import Testing

@Suite("docs/")
struct DocumentTests {
    /// Stands in documents for the reader's own server.
    private static let exampleAddress = "https://flags.example.com"

    @Test(
        "What a document tells someone to type works, and prints what it says",
        arguments: [
            "flags.md", "targeting.md", "flagd.md", "openfeature.md", "rollouts.md", "pathways.md", "gates.md",
            "schedules.md", "webhooks.md",
        ])
    func commands(name: String) async throws {
        let document = try Self.document(name)
        let steps = Transcript(of: document).steps
        #expect(!steps.isEmpty)
        try await RunningServer.with { server in
            try FileManager.default.createSymbolicLink(
                at: server.folder.appendingPathComponent("bin"), withDestinationURL: Built.folder)
            // Every document's commands are about the flags of one example; only its own page applies it.
            let example = try Self.example()
            let file = server.folder.appendingPathComponent("shop.yaml")
            try example.write(to: file, atomically: true, encoding: .utf8)
            if name != "flags.md" {
                try await Self.apply(file, to: server)
                try example.replacing("environment: development", with: "environment: production")
                    .write(to: file, atomically: true, encoding: .utf8)
                try await Self.apply(file, to: server)
            }
            let reader = try await server.flagctl(
                "token", "create", "documents", "--role", "reader", "--environment", "production", "-o", "json")
            let token = try #require(Self.token(in: reader.output))
            let colleague = try await server.flagctl(
                "token", "create", "colleague", "--role", "operator", "-o", "json")
            let colleagueToken = try #require(Self.token(in: colleague.output))
            for step in steps {
                let command = step.command.replacing(Self.exampleAddress, with: server.address)
                let result = try await Program.run(
                    "/bin/bash", ["-c", "exec 2>&1\n\(command)"],
                    environment: [
                        "FLAGCTL_SERVER": server.address, "FLAGCTL_TOKEN": RunningServer.adminToken,
                        "FLAGS_TOKEN": token, "COLLEAGUE_TOKEN": colleagueToken, "XDG_CONFIG_HOME": server.folder.path,
                    ], directory: server.folder)
                #expect(result.status == 0, "$ \(step.command)\n\(result.output)")
                if !step.expected.isEmpty { step.expectPrinted(result.output) }
            }
        }
    }

    @Test("Every link between documents leads to a file that is there")
    func links() throws {
        let folder = Built.project.appendingPathComponent("docs")
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }
        #expect(pages.count >= 10)
        for page in pages {
            for match in try Self.document(page).matches(of: /\]\(([^)#:]+)\)/) {
                let target = folder.appendingPathComponent(String(match.1)).standardizedFileURL
                #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(match.1)")
            }
        }
    }

    private static func document(_ name: String) throws -> String {
        try String(contentsOf: Built.project.appendingPathComponent("docs/\(name)"), encoding: .utf8)
    }

    /// The file that docs/flags.md tells its readers to write.
    private static func example() throws -> String {
        let document = try Self.document("flags.md")
        let block = try #require(document.components(separatedBy: "```yaml\n").dropFirst().first)
        return try #require(block.components(separatedBy: "```").first)
    }

    private static func apply(_ file: URL, to server: RunningServer) async throws {
        let result = try await server.flagctl("apply", "-f", file.path, "--reason", "example")
        #expect(result.status == 0, "\(result.errors)")
    }

    private static func token(in output: String) -> String? {
        output.firstMatch(of: /"token": "([^"]+)"/).map { String($0.1) }
    }
}
