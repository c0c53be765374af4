import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("Staged rollouts over HTTP")
struct RolloutAPITests {
    private static let path = "/v1/environments/development/rollouts"

    private static func start(
        _ api: TestAPI, _ steps: String = "1%:10m,25%:10m,100%", _ more: [String: JSONValue] = [:]
    ) async throws -> Answer {
        var body: [String: JSONValue] = [
            "plan": ["flag": "ENABLE_WEBSOCKET_TICKETS", "steps": .string(steps)], "reason": "first cohort",
        ]
        body.merge(more) { $1 }
        return try await api.send(.post, Self.path, json: .object(body))
    }

    private static func command(
        _ api: TestAPI, _ command: String, _ more: [String: JSONValue] = [:], token: String = TestAPI.adminToken
    ) async throws -> Answer {
        let body: [String: JSONValue] = ["reason": "because"]
        return try await api.send(
            .post, "\(Self.path)/1/\(command)", token: token, json: .object(body.merging(more) { $1 }))
    }

    private static func detail(_ api: TestAPI) async throws -> RolloutDetail {
        try await api.send(.get, "\(Self.path)/1").decode(RolloutDetail.self)
    }

    @Test("One that is started is in force at its first step, and tells what it waits for")
    func start() async throws {
        try await TestAPI.with { api in
            let answer = try await Self.start(api)
            #expect(answer.status == 201)
            let result = try answer.decode(RolloutResult.self)
            #expect(result.revision == result.previousRevision + 1)
            #expect(result.rollout.summary.state == .running && result.rollout.summary.percentage == 1)
            // The server's own tickets obey by the time of the answer.
            #expect(result.rollout.waitingFor == ["every instance: 1 of 1", "hold: 0s of 10m"])
            _ = try await api.server.rollouts.advance().get()
            api.clock.advance(seconds: 20)
            _ = try await api.server.rollouts.advance().get()
            let detail = try await Self.detail(api)
            #expect(detail.summary.state == .holding && detail.waitingFor == ["hold: 20s of 10m"])
            #expect(detail.steps.map(\.progress) == [.inForce, .ahead, .ahead])
        }
    }

    @Test("A dry run tells who is affected at each step, and starts nothing")
    func preview() async throws {
        try await TestAPI.with { api in
            let answer = try await Self.start(api, more: ["dryRun": true, "preview": ["synthetic": 2000]])
            #expect(answer.status == 200)
            let preview = try answer.decode(RolloutPreviewResult.self)
            #expect(preview.steps.map(\.affected) == [1, 24, 75] && preview.endsAfterSeconds == 1200)
            #expect(preview.steps.map(\.startsAfterSeconds) == [0, 600, 1200])
            let changed = preview.steps.compactMap { $0.impact?.flags.first?.changed }
            #expect(changed.reduce(0, +) == 2000 && (400...560).contains(changed[1]))
            #expect(!preview.invariants.isEmpty)
            let list = try await api.send(.get, Self.path).decode(RolloutList.self)
            #expect(list.rollouts.isEmpty)
        }
    }

    @Test("A plan's faults are told with their places")
    func faults() async throws {
        try await TestAPI.with { api in
            let answer = try await Self.start(api, "25%,1%:1s,x")
            #expect(answer.status == 422)
            #expect(answer.problem?.issues?.map(\.path).allSatisfy { $0.hasPrefix("plan.steps[") } == true)
            let short = try await Self.start(api, "1%:1s,100%")
            #expect(short.problem?.detail.contains("tickets live for") == true)
        }
    }

    @Test("Commands do what they say, and are refused where they do not fit")
    func commands() async throws {
        try await TestAPI.with { api in
            #expect(try await Self.command(api, "pause").problem?.type == "unknown-rollout")
            #expect(try await api.send(.get, "\(Self.path)/x").problem?.type == "unknown-rollout")
            _ = try await Self.start(api)
            #expect(try await Self.command(api, "resume").problem?.type == "rollout-refused")
            #expect(try await Self.command(api, "pause").body["rollout"]?["summary"]?["state"] == "paused")
            #expect(try await Self.command(api, "resume").status == 200)
            let promoted = try await Self.command(api, "promote", ["full": true]).decode(RolloutResult.self)
            #expect(promoted.rollout.waitingFor == ["tickets of this step to age out: 0s of 30s"])
            #expect(try await Self.command(api, "approve").status == 422)
            #expect(try await Self.command(api, "approve", ["step": 2]).status == 409)
            let undone = try await Self.command(api, "undo", ["revokeTickets": true]).decode(RolloutResult.self)
            #expect(undone.revision == undone.previousRevision + 1 && undone.rollout.summary.percentage == nil)
            let snapshot = try api.server.plane.snapshot(of: "development")
            #expect(snapshot.content.ticketsNotBefore == api.clock.now)
            #expect(try await Self.command(api, "abort").problem?.type == "rollout-refused")
        }
    }

    @Test("Somebody else approves the step that they looked at")
    func approval() async throws {
        try await TestAPI.with { api in
            let plan: JSONValue = [
                "flag": "ENABLE_WEBSOCKET_TICKETS",
                "steps": [["percentage": 5, "hold": "1m", "approval": true], "100%"],
            ]
            _ = try await api.send(.post, Self.path, json: ["plan": plan, "reason": "careful"])
            #expect(try await Self.detail(api).waitingFor == ["approval of step 1"])
            #expect(try await Self.command(api, "approve", ["step": 1]).status == 409)
            let approver = try await api.token("approver")
            let answer = try await Self.command(api, "approve", ["step": 1], token: approver)
            #expect(answer.status == 200 && answer.body["rollout"]?["summary"]?["percentage"] == 5)
        }
    }

    @Test("The list comes in pages, of all flags or of one")
    func list() async throws {
        try await TestAPI.with { api in
            for _ in 0..<3 {
                _ = try await Self.start(api)
                let list = try await api.send(.get, Self.path).decode(RolloutList.self)
                let id = try #require(list.rollouts.first?.id)
                _ = try await api.send(.post, "\(Self.path)/\(id)/undo", json: ["reason": "again"])
            }
            let page = try await api.send(.get, Self.path + "?limit=2").decode(RolloutList.self)
            #expect(page.rollouts.map(\.id) == [3, 2] && page.nextBefore == 2)
            let rest = try await api.send(.get, Self.path + "?limit=2&before=2").decode(RolloutList.self)
            #expect(rest.rollouts.map(\.id) == [1] && rest.nextBefore == nil)
            let other = try await api.send(.get, Self.path + "?flag=WEBSOCKET_TICKET_TTL").decode(RolloutList.self)
            #expect(other.rollouts.isEmpty)
        }
    }
}

extension RolloutAPITests {
    private static func start(_ api: TestAPI, more: [String: JSONValue]) async throws -> Answer {
        try await Self.start(api, "1%:10m,25%:10m,100%", more)
    }
}
