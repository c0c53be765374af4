import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("Reviews and freezes over HTTP")
struct ReviewAPITests {
    private static let base = "/v1/environments/development"

    private static func token(_ name: String, _ role: String, _ api: TestAPI) async throws -> String {
        let answer = try await api.send(.post, "/v1/tokens", json: ["name": .string(name), "role": .string(role)])
        return try answer.decode(TokenCreateResult.self).token
    }

    @Test("A kill says which review it opened; someone else closes it, and it is gone from the list")
    func reviews() async throws {
        try await TestAPI.with { api in
            let (night, day) = try await (Self.token("nils", "operator", api), Self.token("rosa", "operator", api))
            let killed = try await api.send(
                .post, "\(Self.base)/flags/ENABLE_WEBSOCKET_TICKETS/kill", token: night, json: ["reason": "errors"])
            #expect(try killed.decode(CommitResult.self).review == 1)
            let list = try await api.send(.get, "\(Self.base)/reviews").decode(ReviewList.self)
            #expect(list.reviews.map(\.author) == ["nils"] && list.nextBefore == nil)
            let own = try await api.send(
                .post, "\(Self.base)/reviews/1/close", token: night, json: ["note": "fine"])
            #expect(own.status == 409 && own.problem?.type == "review-refused")
            let closed = try await api.send(.post, "\(Self.base)/reviews/1/close", token: day, json: ["note": "right"])
            #expect(try closed.decode(ReviewDetail.self).closedBy == "rosa")
            #expect(try await api.send(.get, "\(Self.base)/reviews").decode(ReviewList.self).reviews.isEmpty)
            let all = try await api.send(.get, "\(Self.base)/reviews?state=all").decode(ReviewList.self)
            #expect(all.reviews.first?.note == "right")
        }
    }

    @Test("There is no review of another number, or of none", arguments: ["2", "0", "x"])
    func unknown(number: String) async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.get, "\(Self.base)/reviews/\(number)")
            #expect(answer.status == 404 && answer.problem?.type == "unknown-review")
        }
    }

    @Test("A frozen environment says until when and by what; a change of flags is 423, and a kill is not held back")
    func frozen() async throws {
        try await TestAPI.with { api in
            let start = api.clock.now
            let end = start.advanced(byMilliseconds: 3_600_000)
            let freeze: JSONValue = [
                "name": "release", "from": .string(start.description), "to": .string(end.description),
            ]
            let applied = try await api.send(
                .post, "\(Self.base)/apply",
                json: ["reason": "quiet", "document": ["environment": "development", "freezes": [freeze]]])
            #expect(applied.status == 200)
            let detail = try await api.send(.get, Self.base).decode(EnvironmentDetail.self)
            #expect(detail.summary.frozen == FreezeDetail(by: "release", until: end))
            let refused = try await api.send(
                .post, "\(Self.base)/changesets",
                json: [
                    "baseRevision": 1, "reason": "no", "changes": [["op": "disable", "flag": "WEBSOCKET_TICKET_TTL"]],
                ])
            #expect(refused.status == 423 && refused.problem?.type == "environment-frozen")
            #expect(refused.problem?.detail.contains(end.description) == true)
            let killed = try await api.send(
                .post, "\(Self.base)/flags/ENABLE_WEBSOCKET_TICKETS/kill", json: ["reason": "errors"])
            #expect(killed.status == 200)
            let document = try await api.send(.get, "\(Self.base)/document")
            #expect(document.text.contains("\"freezes\":[{"))
        }
    }
}
