import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Options come before environment variables, these before the configuration, that before the default")
struct ConnectionTests {
    private let configuration: ConfigurationFile

    init() throws {
        self.configuration = try ConfigurationFile(json: [
            "currentContext": "local",
            "contexts": [
                "local": ["server": "http://local:1", "token": "local-token"],
                "production": ["server": "https://production:2", "tokenFile": "/tokens/production"],
                "open": ["server": "http://open:3"],
            ],
        ])
    }

    private func resolve(
        _ selection: ConnectionSelection = ConnectionSelection(), _ environment: [String: String] = [:],
        _ configuration: ConfigurationFile? = nil
    ) throws(Failure) -> Connection {
        try Connection(
            resolving: selection, configuration ?? self.configuration, environment, configurationPath: "/c.yaml"
        ) { path throws(FileAccess.Refusal) in
            guard path.hasPrefix("/tokens/") else { throw FileAccess.Refusal(code: 2) }
            return Array("token in \(path)\n".replacing(" ", with: "-").utf8)
        }
    }

    @Test("Without anything it is the default server and no token")
    func nothing() throws {
        let connection = try self.resolve(configuration: ConfigurationFile())
        #expect(connection.server == .default)
        #expect(connection.serverSource == .fallback)
        #expect(connection.token == nil)
    }

    private func resolve(configuration: ConfigurationFile) throws(Failure) -> Connection {
        try self.resolve(ConnectionSelection(), [:], configuration)
    }

    @Test("The current context is used")
    func current() throws {
        let connection = try self.resolve()
        #expect(connection.server.text == "http://local:1")
        #expect(connection.token?.revealed == "local-token")
        #expect(connection.tokenSource == .context("local", path: "/c.yaml"))
    }

    @Test("FLAGCTL_CONTEXT comes before the current context, --context before both")
    func contexts() throws {
        let environment = ["FLAGCTL_CONTEXT": "production"]
        #expect(try self.resolve(ConnectionSelection(), environment).server.text == "https://production:2")
        #expect(
            try self.resolve(ConnectionSelection(context: "open"), environment).server.text == "http://open:3")
    }

    @Test("FLAGCTL_SERVER and FLAGCTL_TOKEN come before the configuration")
    func variables() throws {
        let connection = try self.resolve(
            ConnectionSelection(), ["FLAGCTL_SERVER": "http://variable:4", "FLAGCTL_TOKEN": "variable-token"])
        #expect(connection.server.text == "http://variable:4")
        #expect(connection.serverSource == .variable("FLAGCTL_SERVER"))
        #expect(connection.token?.revealed == "variable-token")
    }

    @Test("--server and --token-file come before everything")
    func options() throws {
        let connection = try self.resolve(
            ConnectionSelection(server: "http://option:5", tokenFile: "/tokens/option", context: "production"),
            ["FLAGCTL_SERVER": "http://variable:4", "FLAGCTL_TOKEN": "variable-token"])
        #expect(connection.server.text == "http://option:5")
        #expect(connection.token?.revealed == "token-in-/tokens/option")
        #expect(connection.tokenSource == .option("--token-file"))
    }

    @Test("A context named by an option comes before the variables")
    func contextOption() throws {
        let connection = try self.resolve(
            ConnectionSelection(context: "production"),
            ["FLAGCTL_SERVER": "http://variable:4", "FLAGCTL_TOKEN": "variable-token"])
        #expect(connection.server.text == "https://production:2")
        #expect(connection.token?.revealed == "token-in-/tokens/production")
    }

    @Test("A context without a token takes the variable's")
    func contextWithoutToken() throws {
        let connection = try self.resolve(ConnectionSelection(context: "open"), ["FLAGCTL_TOKEN": "variable-token"])
        #expect(connection.token?.revealed == "variable-token")
    }

    @Test("A context's token is not sent to another server")
    func tokenStaysHome() throws {
        let connection = try self.resolve(ConnectionSelection(server: "http://elsewhere:6"))
        #expect(connection.token == nil)
        #expect(connection.tokenSource.description == "the token of context local is for http://local:1 only")
    }

    @Test("Empty variables count as unset")
    func emptyVariables() throws {
        let connection = try self.resolve(
            ConnectionSelection(), ["FLAGCTL_SERVER": "", "FLAGCTL_TOKEN": "", "FLAGCTL_CONTEXT": ""])
        #expect(connection.server.text == "http://local:1")
        #expect(connection.token?.revealed == "local-token")
    }

    @Test("An unknown context is a usage error that says who named it and what was perhaps meant")
    func unknownContext() {
        let failure = #expect(throws: Failure.self) {
            try self.resolve(ConnectionSelection(context: "prodution"))
        }
        #expect(failure?.status == .usage)
        #expect(failure?.problem.detail.hasPrefix("--context names") == true)
        #expect(failure?.problem.suggestion == "production")
    }

    @Test("A token file that is missing, or holds no token, is named")
    func tokenFile() {
        let failure = #expect(throws: Failure.self) {
            try self.resolve(ConnectionSelection(tokenFile: "/missing"))
        }
        #expect(failure?.problem.detail == "--token-file: cannot read /missing: No such file or directory")
    }

    @Test("A token file under ~ is looked for in the home folder")
    func home() throws {
        let configuration = try ConfigurationFile(json: [
            "currentContext": "a", "contexts": ["a": ["server": "http://a", "tokenFile": "~/a"]],
        ])
        let connection = try self.resolve(ConnectionSelection(), ["HOME": "/tokens"], configuration)
        #expect(connection.token?.revealed == "token-in-/tokens/a")
    }

    @Test("A secret hides itself from descriptions")
    func secret() throws {
        let secret = try #require(Secret(" hidden-words\n"))
        #expect("\(secret)" == "(hidden)")
        #expect(String(reflecting: secret) == "(hidden)")
        #expect(secret.revealed == "hidden-words")
        #expect(Secret("two words") == nil)
        #expect(Secret("bell\u{7}") == nil)
        #expect(Secret(" \n") == nil)
    }
}
