import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("A request that cannot be done is answered with what is wrong with it")
struct RequestErrorTests {
    static let changesets = "/v1/environments/development/changesets"

    @Test("A path that nothing answers to is 404")
    func refusesUnknownPath() async throws {
        try await TestAPI.with { api in
            for path in ["/", "/v2/environments", "/v1/environments/development/nothing", "/v1//", "/%2e%2e/etc"] {
                let answer = try await api.send(.get, path)
                #expect(answer.status == 404 && answer.problem?.type == "route-not-found", "\(path)")
                #expect(answer.problem?.instance == nil)
            }
        }
    }

    @Test("A method that a path does not answer to is 405 with those that it does")
    func refusesUnknownMethod() async throws {
        try await TestAPI.with { api in
            for (method, path, allow) in [
                (HTTPRequest.Method.delete, "/v1/environments", "GET, HEAD"), (.get, Self.changesets, "POST"),
                (.put, "/v1/tokens", "GET, HEAD, POST"), (.patch, "/websocket/ticket", "POST"),
                (.get, "/websocket/ticket/consume", "POST"), (.post, "/v1/tokens/x", "DELETE"),
                (HTTPRequest.Method("BREW") ?? .trace, "/healthz", "GET, HEAD"), (.options, "/healthz", "GET, HEAD"),
            ] {
                let answer = try await api.send(method, path)
                #expect(answer.status == 405 && answer.problem?.type == "method-not-allowed", "\(method) \(path)")
                #expect(answer.headers[.allow] == allow, "\(method) \(path)")
            }
        }
    }

    @Test(
        "A body that is not JSON is 400 with line and column",
        arguments: [
            (#"{"baseRevision": 1,"#, 1, 20), ("", 1, 1), ("{\n  \"reason\": \"x\",\n  oops\n}", 3, 3), ("[1, 2", 1, 6),
            ("{\"a\": 1, \"a\": 2}", 1, 10),
        ])
    func refusesMalformedJSON(body: String, line: Int, column: Int) async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.post, Self.changesets, body: body)
            #expect(answer.status == 400 && answer.problem?.type == "request-malformed")
            #expect(answer.problem?.detail.contains("line \(line), column \(column)") == true, "\(answer.text)")
            #expect(answer.problem?.instance == Self.changesets)
            #expect(try api.server.plane.head(of: "development").revision == 1)
        }
    }

    @Test(
        "A body of another type than JSON is 415", arguments: ["text/plain", "application/x-www-form-urlencoded", "x"])
    func refusesOtherTypes(type: String) async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.post, Self.changesets, body: "{}", headers: [.contentType: type])
            #expect(answer.status == 415 && answer.problem?.type == "unsupported-media-type")
        }
    }

    @Test(
        "JSON may be called by any of its names",
        arguments: ["application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.api+json"])
    func acceptsJSONTypes(type: String) async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(
                .post, "/v1/environments/development/rollback", body: #"{"reason": "", "dryRun": true}"#,
                headers: [.contentType: type])
            #expect(answer.problem?.type == "reason-missing")
        }
    }

    @Test("A member that nobody knows is 422 with its path and what was perhaps meant")
    func refusesUnknownMember() async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(
                .post, "/v1/environments/development/rollback", json: ["reson": "typo", "reason": "x"])
            #expect(answer.status == 422 && answer.problem?.type == "request-invalid")
            let issue = try #require(answer.problem?.issues?.first)
            #expect(issue.path == "reson" && issue.message.contains("did you mean \"reason\"?"))
            let missing = try await api.send(.post, Self.changesets, json: ["reason": "x", "changes": []])
            #expect(missing.problem?.issues?.map(\.path) == ["baseRevision"])
            let type = try await api.send(
                .post, Self.changesets, json: ["baseRevision": "1", "reason": "x", "changes": []])
            #expect(type.problem?.issues?.first?.message.contains("expected an integer, found") == true)
        }
    }

    @Test("A problem names the path of the request, without its query")
    func namesInstance() async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.get, "/v1/environments/development/revisions?limit=0&note=private")
            #expect(answer.problem?.instance == "/v1/environments/development/revisions")
            #expect(!answer.text.contains("private"))
        }
    }

    @Test("A body longer than the route reads is 413, before any of it is used")
    func refusesLongBodies() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let long = #"{"metadata": {"x": ""# + String(repeating: "y", count: 64 << 10) + #""}}"#
            let ticket = try await api.send(.post, "/websocket/ticket", token: api.jwt(), body: long)
            #expect(ticket.status == 413 && ticket.problem?.type == "body-too-large")
            #expect(ticket.problem?.detail.contains("65536") == true)
            let admin = try await api.send(.post, "/v1/tokens", body: String(repeating: " ", count: (1 << 20) + 1))
            #expect(admin.status == 413 && admin.problem?.detail.contains("1048576") == true)
            let change = try await api.send(
                .post, Self.changesets, body: String(repeating: " ", count: (16 << 20) + 1))
            #expect(change.status == 413 && change.problem?.detail.contains("16777216") == true)
        }
    }

    @Test("Every kind of problem has a slug, a title and an error status of its own place")
    func kindsAreComplete() {
        for kind in ProblemKind.allCases {
            #expect((400...599).contains(kind.status.code))
            #expect(!kind.title.isEmpty && !kind.title.hasSuffix("."))
            #expect(kind.rawValue.allSatisfy { $0 == "-" || $0.isLowercase })
        }
    }

    @Test("The number of a request is in its answer and in its line of the log")
    func numbersRequests() async throws {
        try await TestAPI.with { api in
            let name = try #require(HTTPField.Name.xRequestID)
            let id = try #require(try await api.send(.get, "/nowhere").headers[name])
            #expect(api.log.lines.contains { $0.contains("hb.request.id=\(id)") && $0.contains("http.status=404") })
        }
    }
}
