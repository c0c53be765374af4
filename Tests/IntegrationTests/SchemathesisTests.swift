import FlagModel
import Foundation
import Testing

@Suite("openapi.yaml, exercised by schemathesis")
struct SchemathesisTests {
    /// What each answer is held against. Others of schemathesis's checks ask for more than the document promises.
    private static let checks = [
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    ]
    /// How long schemathesis may go on, in seconds.
    private static let time = 30

    /// The credentials of the document's security schemes, and names that exist, so that most requests get past 404.
    private static let configuration = """
        [auth.openapi.accessToken]
        bearer = "${ACCESS_TOKEN}"
        [auth.openapi.accessKey]
        api_key = "${READER_TOKEN}"
        [auth.openapi.userJWT]
        bearer = "${USER_JWT}"
        [dictionaries.environments]
        values = ["development", "staging"]
        [dictionaries.flags]
        values = ["ENABLE_WEBSOCKET_TICKETS", "WEBSOCKET_TICKET_TTL", "WEBSOCKET_TICKET_BINDING"]
        [parameters]
        environment = { dictionary = "environments", probability = 0.8 }
        flag = { dictionary = "flags", probability = 0.8 }
        [[operations]]
        # Without an environment in the path only a token for one environment gets anywhere.
        include-path-regex = "^/ofrep/"
        headers = { Authorization = "Bearer ${READER_TOKEN}" }
        """

    @Test("Generated requests, good and bad, get no 5xx, no undeclared status and no undeclared shape")
    func conforms() async throws {
        try await RunningServer.with { server in
            try await server.open()
            let reader = try await server.request(
                .POST, "/v1/tokens", json: ["name": "ofrep", "role": "reader", "environments": ["development"]])
            let readerToken = try #require(reader.json["token"]?.stringValue, "\(reader.body)")
            let configuration = server.folder.appending(path: "schemathesis.toml")
            try Self.configuration.write(to: configuration, atomically: true, encoding: .utf8)
            let result = try await Program.run(
                try PythonClients.folder().appending(path: "schemathesis").path,
                [
                    "--config-file", configuration.path, "run", Built.project.appending(path: "openapi.yaml").path,
                    "--url", server.address, "--checks", Self.checks.joined(separator: ","), "--no-color",
                    // The same requests in each run, as far as the server's own answers do not lead elsewhere.
                    "--seed", "20261121", "--generation-database", "none", "--workers", "1", "--continue-on-failure",
                    "--max-examples", "12", "--max-time", String(Self.time), "--request-timeout", "60",
                    "--suppress-health-check", "all",
                    // Streams go on until somebody ends them; tests of their own read them.
                    "--exclude-path-regex", "/(stream|events)$",
                ],
                environment: [
                    "ACCESS_TOKEN": RunningServer.adminToken, "READER_TOKEN": readerToken,
                    "USER_JWT": TestJWT.make(subject: "ada"),
                ],
                directory: server.folder)
            #expect(result.status == 0, "\(result.output)\n\(result.errors)")
            #expect(result.output.contains("Tested: "), "\(result.output)")
            #expect(try await server.request(.GET, "/readyz", token: nil).status == 200)
            #expect(!server.log.contains(RunningServer.adminToken))
        }
    }
}
