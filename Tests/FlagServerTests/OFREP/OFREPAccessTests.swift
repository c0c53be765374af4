import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("An OFREP client's token selects the environment")
struct OFREPAccessTests {
    static let staging = "/environments/staging" + OFREPFixture.path

    @Test("A token that is good for one environment is answered from it")
    func selectsByToken() async throws {
        try await OFREPFixture.with { server in
            let staging = try await server.api.token("reader", environments: ["staging"])
            let name = try #require(HTTPField.Name("X-Signalbox-Environment"))
            let path = OFREPFixture.path + "/WEBSOCKET_TICKET_TTL"
            let here = try await server.api.send(.post, path, token: server.token, json: [:])
            let there = try await server.api.send(.post, path, token: staging, json: [:])
            #expect(here.headers[name] == "development" && there.headers[name] == "staging")
            let bulk = try await server.api.send(.post, OFREPFixture.path, token: staging, json: [:])
            #expect(bulk.text.contains("/ofrep/v1/environments/staging/events"))
        }
    }

    @Test("A token that is good for several is told to name one, and may do so in the base URL")
    func selectsByPath() async throws {
        try await OFREPFixture.with { server in
            let several = try await server.api.token("reader", environments: ["development", "staging"])
            for (token, names) in [(several, "development, staging"), (TestAPI.adminToken, "production")] {
                for path in [OFREPFixture.path, OFREPFixture.path + "/switch"] {
                    let answer = try await server.api.send(.post, path, token: token, json: [:])
                    #expect(answer.status == 400 && answer.body["errorCode"] == "GENERAL", "\(answer.text)")
                    let details = try #require(answer.body["errorDetails"]?.stringValue)
                    #expect(details.contains(names) && details.contains("/environments/NAME"), "\(details)")
                }
                let single = try await server.api.send(
                    .post, Self.staging + "/WEBSOCKET_TICKET_TTL", token: token, json: [:])
                #expect(single.status == 200 && single.body["value"] == 30)
                #expect(try await server.api.send(.post, Self.staging, token: token, json: [:]).status == 200)
            }
        }
    }

    @Test("The token may be sent as an API key")
    func takesAPIKey() async throws {
        try await OFREPFixture.with { server in
            let name = try #require(HTTPField.Name("X-API-Key"))
            for (key, status) in [(server.token, 200), ("signalbox_nobody", 401), ("", 401)] {
                let answer = try await server.api.send(
                    .post, OFREPFixture.path + "/switch", token: nil, json: [:], headers: [name: key])
                #expect(answer.status == status, "\(answer.text)")
            }
            let admin = try await server.api.send(
                .get, "/v1/whoami", token: nil, headers: [name: TestAPI.adminToken])
            #expect(admin.status == 401, "the rest of the API takes it as Bearer only")
        }
    }

    @Test("401 and 403 have no body")
    func refusesWithoutBody() async throws {
        try await OFREPFixture.with { server in
            for path in [OFREPFixture.path, OFREPFixture.path + "/switch"] {
                for token in [nil, "signalbox_nobody"] {
                    let answer = try await server.api.send(.post, path, token: token, json: [:])
                    #expect(answer.status == 401 && answer.text.isEmpty, "\(answer.text)")
                    #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
                    #expect(answer.headers[.contentType] == nil)
                }
                let other = path.replacing(OFREPFixture.path, with: Self.staging)
                let answer = try await server.api.send(.post, other, token: server.token, json: [:])
                #expect(answer.status == 403 && answer.text.isEmpty, "\(answer.text)")
            }
        }
    }

    @Test("An environment that there is not is 400 with what was perhaps meant")
    func refusesUnknownEnvironment() async throws {
        try await OFREPFixture.with { server in
            for name in ["stagin", "Nonsense!"] {
                let path = "/environments/\(name)" + OFREPFixture.path
                let answer = try await server.api.send(.post, path, json: [:])
                #expect(answer.status == 400 && answer.body["errorCode"] == "GENERAL", "\(answer.text)")
            }
            let near = try await server.api.send(.post, "/environments/stagin" + OFREPFixture.path, json: [:])
            #expect(near.body["errorDetails"]?.stringValue?.contains("did you mean staging?") == true, "\(near.text)")
        }
    }

    @Test("The access log names the token and the route, not the path")
    func logsCaller() async throws {
        try await OFREPFixture.with { server in
            _ = try await server.single("switch")
            let line = try #require(server.api.log.lines.last { $0.contains("/ofrep/") })
            #expect(line.contains("/ofrep/v1/evaluate/flags/{flag}") && line.contains("reader-"), "\(line)")
            #expect(!server.api.log.text.contains(server.token))
        }
    }
}
