import FlagAPI
import FlagModel
import Foundation
import TestSupport
import Testing

@testable import flagctl

@Suite("Contexts are kept in a file for its owner's eyes only")
struct ContextTests {
    private func run(_ arguments: String..., in folder: String, input: String = "") async -> Run {
        await Run(
            arguments, console: MemoryConsole(input: input),
            environment: ["XDG_CONFIG_HOME": folder, "FLAGCTL_TOKEN": ""])
    }

    @Test("set, list, use, show and delete")
    func life() async throws {
        try await TemporaryDirectory.with { folder in
            let first = await self.run("context", "set", "local", "--server", "http://127.0.0.1:8080/", in: folder)
            #expect(first.output == "local is http://127.0.0.1:8080, token: none, current\n")
            let second = await self.run(
                "context", "set", "production", "--server", "https://flags.example.com", "--token-stdin", in: folder,
                input: "secret-token\n")
            #expect(second.output == "production is https://flags.example.com, token: stored\n")
            #expect(await self.run("context", "use", "production", in: folder).status == .success)
            let list = await self.run("context", "list", in: folder)
            #expect(
                list.output.split(separator: "\n") == [
                    "   NAME        SERVER                     TOKEN",
                    "   local       http://127.0.0.1:8080      none",
                    "*  production  https://flags.example.com  stored",
                ])
            let show = await self.run("context", "show", in: folder)
            #expect(show.output.hasPrefix("name    production (current)\n"))
            #expect(!show.output.contains("secret-token"))
            #expect(await self.run("context", "delete", "production", in: folder).status == .success)
            #expect(await self.run("context", "show", in: folder).status == .usage)
        }
    }

    @Test("The file is readable by its owner only, and a looser one is warned about")
    func mode() async throws {
        try await TemporaryDirectory.with { folder in
            _ = await self.run(
                "context", "set", "a", "--server", "http://x", "--token-stdin", in: folder, input: "t\n")
            let path = "\(folder)/flagctl/config.yaml"
            #expect(FileAccess.permissions(path) == 0o600)
            #expect(FileAccess.permissions("\(folder)/flagctl") == 0o700)
            setPermissions(path, 0o644)
            let run = await self.run("list", "development", in: folder)
            #expect(run.errors.hasPrefix("warning: others can read the tokens in \(path) (mode 644): chmod 600"))
        }
    }

    @Test("A context that moves to another server leaves its token behind")
    func move() async throws {
        try await TemporaryDirectory.with { folder in
            _ = await self.run("context", "set", "a", "--server", "http://x", "--token-stdin", in: folder, input: "t\n")
            let same = await self.run("context", "set", "a", "--server", "http://x", in: folder)
            #expect(same.output.contains("token: stored"))
            let moved = await self.run("context", "set", "a", "--server", "http://y", in: folder)
            #expect(moved.output.contains("token: none"))
        }
    }

    @Test("A faulty file is named, with the line or the member")
    func faulty() async throws {
        try await TemporaryDirectory.with { folder in
            let path = "\(folder)/flagctl/config.yaml"
            try FileAccess.replacePrivately(path, with: Array("contexts:\n  a: {server: x\n".utf8))
            let syntax = await self.run("list", "development", in: folder)
            #expect(syntax.status == .invalid)
            #expect(syntax.errors.hasPrefix("error: \(path): line 3, column 1: "))
            try FileAccess.replacePrivately(
                path, with: Array("contexts: { a: { server: nonsense, tokn: x } }\n".utf8))
            let shape = await self.run("list", "development", in: folder)
            #expect(shape.status == .invalid)
            #expect(shape.errors.contains("contexts.a.tokn: unknown member; did you mean \"token\"?"))
            #expect(shape.errors.contains("contexts.a.server: \"nonsense\" is not a server's URL"))
        }
    }

    @Test("A faulty file is passed over with a warning when server and token are named elsewhere")
    func passedOver() async throws {
        try await TemporaryDirectory.with { folder in
            let path = "\(folder)/flagctl/config.yaml"
            try FileAccess.replacePrivately(path, with: Array("contexts: 3\n".utf8))
            let variables = [
                "XDG_CONFIG_HOME": folder, "FLAGCTL_SERVER": "http://a:1", "FLAGCTL_TOKEN": "t", "FLAGCTL_CONTEXT": "x",
            ]
            let server = StubServer(["GET /v1/environments": .init(EnvironmentList(environments: []))])
            let run = await Run("env", "list", server: server, environment: variables)
            #expect(run.status == .success)
            #expect(run.errors.hasPrefix("warning: \(path) is not valid: contexts: "))
            let named = await Run("env", "list", "--context", "x", server: server, environment: variables)
            #expect(named.status == .invalid)
        }
    }

    @Test("set does not write over a faulty file, and says how to move it away")
    func setOnFaulty() async throws {
        try await TemporaryDirectory.with { folder in
            let path = "\(folder)/flagctl/config.yaml"
            try FileAccess.replacePrivately(path, with: Array("contexts: 3\n".utf8))
            let run = await self.run("context", "set", "a", "--server", "http://x", in: folder)
            #expect(run.status == .invalid)
            #expect(run.errors.contains("move it away and start anew: mv \(path) \(path).broken\n"))
            #expect(try FileAccess.read(path) == Array("contexts: 3\n".utf8))
        }
    }

    @Test("A port that does not exist is not stored")
    func port() async throws {
        try await TemporaryDirectory.with { folder in
            let run = await self.run("context", "set", "a", "--server", "http://x:99999", in: folder)
            #expect(run.status == .usage)
            #expect(FileAccess.permissions("\(folder)/flagctl/config.yaml") == nil)
        }
    }

    @Test("A token file is kept by its whole path, wherever the next command runs")
    func tokenFile() async throws {
        try await TemporaryDirectory.with { folder in
            let run = await self.run("context", "set", "a", "--server", "http://x", "--token-file", "t", in: folder)
            let here = FileManager.default.currentDirectoryPath
            #expect(run.output == "a is http://x, token: \(here)/t, current\n")
        }
    }

    @Test("What is written reads back the same")
    func roundTrip() throws {
        let configuration = try ConfigurationFile(json: [
            "currentContext": "on",
            "contexts": [
                "on": ["server": "https://a", "token": "0x12"], "no": ["server": "http://b", "tokenFile": "~/t"],
                "plain": ["server": "http://c"],
            ],
        ])
        #expect(try ConfigurationFile(json: YAMLDocument.parse(configuration.text)) == configuration)
    }
}
