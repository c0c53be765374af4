import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("A flagd daemon can use the server as its sync source")
struct FlagdAPITests {
    private static let path = "/flagd/v1/environments/development/flags.json"

    @Test("The answer is flagd's JSON, with a strong tag by which it is not sent twice")
    func conditional() async throws {
        try await TestAPI.with { api in
            let reader = try await api.token("reader")
            let first = try await api.send(.get, Self.path, token: reader)
            #expect(first.status == 200)
            #expect(first.headers[.contentType] == "application/json")
            #expect(first.body["$schema"]?.stringValue == FlagdDocument.schema)
            #expect(first.body["flags"]?["ENABLE_WEBSOCKET_TICKETS"] != nil)
            let tag = try #require(first.headers[.eTag])
            #expect(tag.hasPrefix("\""))
            let second = try await api.send(.get, Self.path, token: reader, headers: [.ifNoneMatch: tag])
            #expect(second.status == 304)
            #expect(second.text.isEmpty)
            #expect(second.headers[.eTag] == tag)
        }
    }

    @Test("A change is another tag, and taking it back is the first one again")
    func changes() async throws {
        try await TestAPI.with { api in
            let first = try #require(try await api.send(.get, Self.path).headers[.eTag])
            try await api.rollOut(25)
            let changed = try await api.send(.get, Self.path, headers: [.ifNoneMatch: first])
            #expect(changed.status == 200)
            #expect(changed.headers[.eTag] != first)
            _ = try await api.send(.post, AdminAPITests.development + "/rollback", json: ["reason": "back"])
            #expect(try await api.send(.get, Self.path).headers[.eTag] == first)
        }
    }

    @Test("Without a token, or for an environment that is not there, the refusal is a problem")
    func refused() async throws {
        try await TestAPI.with { api in
            #expect(try await api.send(.get, Self.path, token: nil).problem?.status == 401)
            let unknown = try await api.send(.get, "/flagd/v1/environments/nowhere/flags.json")
            #expect(unknown.problem?.type == "unknown-environment")
        }
    }
}
