import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("A snapshot that the client has is not sent again")
struct EntityTagTests {
    static let path = "/v1/environments/development/snapshot"

    @Test(
        "A condition is a list of tags, weak ones among them, or an asterisk",
        arguments: [
            ([#""a""#], true), ([#"W/"a""#], true), ([#""x", "a""#], true), ([#""x" ,W/"a" , "y""#], true),
            ([#""x""#, #""a""#], true), (["*"], true), ([#""x""#], false), ([#""A""#], false), ([#"a"#], false),
            ([#""a"#], false), ([""], false), ([#""a,b""#], false), ([#""x,", "a""#], true), ([#"w/"a""#], false),
        ])
    func readsConditions(fields: [String], matches: Bool) {
        #expect(EntityTagCondition(fields).matches(EntityTag(opaque: "a")) == matches)
    }

    @Test("304 for the tag that was sent, however the condition is written; 200 after a change")
    func answersNotModified() async throws {
        try await TestAPI.with { api in
            let first = try await api.send(.get, Self.path)
            let tag = try #require(first.headers[.eTag])
            #expect(tag.hasPrefix("\"1-") && first.status == 200)
            for condition in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let answer = try await api.send(.get, Self.path, headers: [.ifNoneMatch: condition])
                #expect(answer.status == 304 && answer.text.isEmpty, "\(condition)")
                #expect(answer.headers[.eTag] == tag)
            }
            try await api.rollOut(1)
            let changed = try await api.send(.get, Self.path, headers: [.ifNoneMatch: tag])
            #expect(changed.status == 200 && changed.headers[.eTag] != tag)
            let old = try await api.send(.get, Self.path + "?revision=1", headers: [.ifNoneMatch: tag])
            #expect(old.status == 304)
        }
    }

    @Test("A snapshot carries a digest that its content proves")
    func isProven() async throws {
        try await TestAPI.with { api in
            let snapshot = try Snapshot(json: try await api.send(.get, Self.path).body)
            #expect(snapshot.revision == 1 && snapshot.environment == "development")
            let missing = try await api.send(.get, Self.path + "?revision=9")
            #expect(missing.status == 404 && missing.problem?.type == "unknown-revision")
        }
    }

    @Test("A restored revision is another entity than the one it restores, with the same digest")
    func distinguishesRevisions() async throws {
        try await TestAPI.with { api in
            let first = try await api.send(.get, Self.path)
            try await api.rollOut(1)
            _ = try await api.send(.post, "/v1/environments/development/rollback", json: ["reason": "back"])
            let third = try await api.send(.get, Self.path)
            #expect(first.body["digest"] == third.body["digest"])
            #expect(first.headers[.eTag] != third.headers[.eTag])
        }
    }
}
