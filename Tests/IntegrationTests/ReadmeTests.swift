import Foundation
import Testing

@Suite("README.md")
struct ReadmeTests {
    @Test("Its first screen works as it stands, typed into a shell")
    func firstScreen() async throws {
        let document = try String(contentsOf: Built.project.appendingPathComponent("README.md"), encoding: .utf8)
        let steps = Transcript(of: document).steps
        #expect(steps.first?.command == "make run")

        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["environments", "migrations"] {
            try FileManager.default.createSymbolicLink(
                at: folder.appendingPathComponent(name), withDestinationURL: Built.project.appendingPathComponent(name))
        }
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("bin"), withDestinationURL: Built.folder)

        // What `make run` starts once it has built; the port is another, so that nothing on this machine is in the way.
        let server = try await Program.start(
            Built.server, environment: ["SIGNALBOX_LISTEN": "127.0.0.1:0"], directory: folder)
        let address = try #require(try await server.output.line(containing: "FlagServer listening on"))
            .replacingOccurrences(of: "FlagServer listening on ", with: "")
        let exports = server.output.all.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix("export ") }
        #expect(exports.count >= 2, "\(server.output.all)")

        var script = "exec 2>&1\n"
        for (number, step) in steps.enumerated().dropFirst() {
            var command = step.command.replacingOccurrences(of: "http://127.0.0.1:8080", with: address)
            // The credentials are this server's own.
            if command.hasPrefix("export "), let name = command.split(separator: "=").first {
                command = exports.first { $0.hasPrefix(name + "=") } ?? "echo \(name) was not printed"
            }
            script += "echo '@@\(number)'\n\(command)\n"
        }
        let result = try await Program.run(
            "/bin/bash", ["-c", script],
            environment: ["FLAGCTL_SERVER": address, "XDG_CONFIG_HOME": folder.path], directory: folder)
        server.signal(SIGTERM)
        #expect(try await server.waitForExit() == 0)

        for (number, step) in steps.enumerated().dropFirst() {
            let printed =
                result.output.components(separatedBy: "@@\(number)\n").dropFirst().first?
                .components(separatedBy: "@@\(number + 1)\n").first ?? ""
            step.expectPrinted(printed)
        }
    }

    @Test("Its table of settings is the server's own")
    func settings() async throws {
        let document = try String(contentsOf: Built.project.appendingPathComponent("README.md"), encoding: .utf8)
        let table = try await Program.run(Built.server, ["config", "--markdown"])
        #expect(table.status == 0, "\(table.errors)")
        #expect(document.contains(table.output), "paste the output of `bin/FlagServer config --markdown`")
    }
}

@Suite("docs/runbook.md")
struct RunbookTests {
    @Test("Every command of it works on a server with some history")
    func commands() async throws {
        let document = try String(
            contentsOf: Built.project.appendingPathComponent("docs/runbook.md"), encoding: .utf8)
        let steps = Transcript(of: document).steps
        #expect(steps.count >= 8)
        try await RunningServer.with { server in
            try FileManager.default.createSymbolicLink(
                at: server.folder.appendingPathComponent("bin"), withDestinationURL: Built.folder)
            for percentage in ["10", "50"] {
                let step = try await server.flagctl(
                    "rollout", "set", "production", "ENABLE_WEBSOCKET_TICKETS", percentage, "--reason", "history")
                #expect(step.status == 0, "\(step.errors)")
            }
            for step in steps {
                let command = step.command.replacingOccurrences(of: "http://127.0.0.1:8080", with: server.address)
                let result = try await Program.run(
                    "/bin/bash", ["-c", command],
                    environment: ["FLAGCTL_SERVER": server.address, "FLAGCTL_TOKEN": RunningServer.adminToken],
                    directory: server.folder)
                #expect(result.status == 0, "$ \(step.command)\n\(result.output)\(result.errors)")
            }
        }
    }
}
