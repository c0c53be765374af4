import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("How much each pathway is used")
struct PathwayListAPITests {
    private static let path = "/v1/environments/development/pathways"

    @Test("Every pathway in order, with its flag, whom it lets in, and what was counted up to now")
    func list() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(25)
            let ticket = try await api.ticket()
            let handshakes: [JSONValue] = [
                ["uri": .string("/ws?ticket=\(ticket)"), "headers": [:]],
                ["uri": .string("/ws?ticket=\(ticket)"), "headers": [:]],
                ["uri": "/ws", "headers": ["authorization": .string("Bearer \(api.jwt("dave"))")]],
                ["uri": "/ws?token=nonsense", "headers": [:]],
            ]
            for handshake in handshakes {
                _ = try await api.send(.post, "/websocket/authenticate", json: handshake)
            }
            let list = try await api.send(.get, Self.path).decode(PathwayList.self)
            #expect(list.revision == 2 && list.windowSeconds == 604_800)
            #expect(
                list.pathways.map(\.pathway) == [
                    "ticket", "authorization-header", "subprotocol", "query-parameter", "cookie", "session",
                    "e2e-bypass",
                ])
            let (tickets, header, query) = (list.pathways[0], list.pathways[1], list.pathways[3])
            #expect(tickets.reach == .some && tickets.percentage == 25)
            #expect(tickets.attempts == 2 && tickets.grants == 1 && tickets.refusals == 1)
            #expect(tickets.lastGrant == api.clock.now)
            #expect(header.flag == "ENABLE_WEBSOCKET_AUTHORIZATION_HEADER" && header.reach == .everyone)
            #expect(header.grants == 1 && header.percentage == nil)
            #expect(query.attempts == 1 && query.grants == 0 && query.lastGrant == nil)
            #expect(list.pathways[6].reach == .nobody && list.pathways[6].attempts == 0)
            #expect(list.pathways.allSatisfy { $0.watchedSince != nil })
        }
    }

    @Test("The window is an hour to 400 days, and an environment has to be there")
    func window() async throws {
        try await TestAPI.with { api in
            let shortest = try await api.send(.get, Self.path + "?window=3600")
            #expect(shortest.status == 200)
            for window in ["3599", "34560001", "week"] {
                #expect(try await api.send(.get, Self.path + "?window=\(window)").status == 422)
            }
            #expect(try await api.send(.get, "/v1/environments/nowhere/pathways").status == 404)
        }
    }
}
