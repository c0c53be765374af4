import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("What instances say, and what is said of them")
struct FleetAPITests {
    static let instances = "/v1/environments/development/instances"

    @discardableResult
    private static func report(
        _ api: TestAPI, _ id: String, revision: Int64, digest: String? = nil, token: String = TestAPI.adminToken,
        _ more: [String: JSONValue] = [:]
    ) async throws -> Answer {
        var body: [String: JSONValue] = ["name": "chat", "revision": .integer(revision), "source": "stream"]
        if revision > 0 {
            let published = try await api.server.plane.snapshot(of: "development", at: revision).digest
            body["digest"] = .string(digest ?? published)
        }
        return try await api.send(
            .put, "\(Self.instances)/\(id)", token: token, json: .object(body.merging(more) { $1 }))
    }

    @Test("A report is answered with the revision in force and how the instance stands to it")
    func report() async throws {
        try await TestAPI.with { api in
            let reader = try await api.token("reader", environments: ["development"])
            let first = try await Self.report(api, "chat-1", revision: 1, token: reader)
            #expect(
                try first.decode(InstanceAcknowledgement.self)
                    == InstanceAcknowledgement(
                        revision: 1, state: .current, reportWithinSeconds: 45, telemetryEverySeconds: 1))
            try await api.rollOut(10)
            let second = try await Self.report(api, "chat-1", revision: 1, token: reader)
            #expect(try second.decode(InstanceAcknowledgement.self).state == .behind)
            let wrong = String(repeating: "0", count: 64)
            let third = try await Self.report(api, "chat-1", revision: 2, digest: wrong, token: reader)
            #expect(try third.decode(InstanceAcknowledgement.self).state == .diverged)
        }
    }

    @Test("The list names every instance with what it said, and the one inside the server")
    func list() async throws {
        try await TestAPI.with { api in
            try await Self.report(
                api, "chat-1", revision: 1, ["version": "1.2", "labels": ["region": "eu"], "future": "member"])
            let list = try await api.send(.get, Self.instances).decode(InstanceList.self)
            #expect(list.revision == 1 && list.instances.count == 2)
            let chat = try #require(list.instances.first { $0.id == "chat-1" })
            #expect(chat.name == "chat" && chat.version == "1.2" && chat.labels == ["region": "eu"])
            #expect(chat.state == .current && !chat.connected && chat.lag == 0)
            let embedded = try #require(list.instances.first { $0.id.hasPrefix("embedded-") })
            #expect(embedded.name == "FlagServer" && embedded.state == .current)
            let one = try await api.send(.get, Self.instances + "/chat-1").decode(InstanceSummary.self)
            #expect(one == chat)
            #expect(try await api.send(.get, Self.instances + "/nobody").problem?.type == "unknown-instance")
        }
    }

    @Test("The embedded tickets acknowledge a commit before it is answered")
    func embedded() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(10)
            let convergence = try await api.send(.get, "/v1/environments/development/convergence?revision=2")
                .decode(ConvergenceReport.self)
            #expect(convergence.converged && convergence.instances == 1 && convergence.acknowledged == 1)
            #expect(try #require(convergence.lastAfterMilliseconds) >= 0)
        }
    }

    @Test("Convergence counts those that have the revision and names those that do not")
    func convergence() async throws {
        try await TestAPI.with { api in
            try await Self.report(api, "a", revision: 1)
            try await Self.report(api, "b", revision: 1)
            try await api.rollOut(10)
            try await Self.report(api, "a", revision: 2)
            let path = "/v1/environments/development/convergence"
            let half = try await api.send(.get, path).decode(ConvergenceReport.self)
            #expect(half.revision == 2 && !half.converged && !half.superseded)
            #expect(half.instances == 3 && half.acknowledged == 2 && half.laggards.map(\.id) == ["b"])
            try await Self.report(api, "b", revision: 2)
            #expect(try await api.send(.get, path).decode(ConvergenceReport.self).converged)
            try await api.rollOut(20)
            let old = try await api.send(.get, path + "?revision=2").decode(ConvergenceReport.self)
            #expect(old.converged && old.superseded && old.currentRevision == 3)
            let future = try await api.send(.get, path + "?revision=9")
            #expect(future.status == 404 && future.problem?.type == "unknown-revision")
        }
    }

    @Test("An id is taken for other tokens until its instance leaves")
    func taken() async throws {
        try await TestAPI.with { api in
            let other = try await api.token("backend")
            try await Self.report(api, "a", revision: 1)
            let refused = try await Self.report(api, "a", revision: 1, token: other)
            #expect(refused.status == 409 && refused.problem?.type == "instance-id-taken")
            let stream = try await api.send(
                .get, "/v1/environments/development/stream?instance=a", token: other)
            #expect(stream.status == 409 && stream.problem?.type == "instance-id-taken")
            let gone = try await Self.report(api, "a", revision: 1, ["leaving": true])
            #expect(try gone.decode(InstanceAcknowledgement.self).state == .gone)
            #expect(try await Self.report(api, "a", revision: 1, token: other).status == 200)
        }
    }

    @Test("Everything that is wrong with a report is named")
    func invalid() async throws {
        try await TestAPI.with { api in
            let long = JSONValue.string(String(repeating: "x", count: 101))
            let answer = try await Self.report(
                api, "a", revision: 0,
                ["name": "", "version": long, "labels": ["k": long], "digest": "xyz", "revision": -1])
            #expect(answer.status == 422)
            let paths = Set((answer.problem?.issues ?? []).map(\.path))
            #expect(paths == ["name", "version", "labels.k", "digest", "revision"])
            let missing = try await Self.report(api, "a", revision: 1, ["digest": .null])
            #expect(missing.status == 422)
            let many = Dictionary(uniqueKeysWithValues: (0..<17).map { ("l\($0)", JSONValue.string("v")) })
            #expect(try await Self.report(api, "a", revision: 1, ["labels": .object(many)]).status == 422)
            let id = try await api.send(.put, Self.instances + "/a%20b", json: ["name": "chat"])
            #expect(id.status == 422)
        }
    }

    @Test("A stream is refused before it begins when its instance cannot be one")
    func refusedStream() async throws {
        try await TestAPI.with { api in
            let path = "/v1/environments/development/stream?instance="
            #expect(try await api.send(.get, path + "a%20b").status == 422)
            let nowhere = try await api.send(.get, "/v1/environments/nowhere/stream")
            #expect(nowhere.status == 404 && nowhere.problem?.type == "unknown-environment")
        }
    }

    @Test("When there are as many instances as there may be, another is told what to do")
    func full() async throws {
        try await TestAPI.with {
            $0.fleet.instances = 2
        } _: { api in
            #expect(try await Self.report(api, "a", revision: 1).status == 200)
            let refused = try await Self.report(api, "b", revision: 1)
            #expect(refused.status == 429 && refused.problem?.type == "too-many-instances")
            #expect(refused.headers[.retryAfter] == "60")
        }
    }

    @Test("A rollback says that what it changed answers as before")
    func verification() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(40)
            let answer = try await api.send(
                .post, "/v1/environments/development/rollback", json: ["to": 1, "reason": "back"])
            let check = try #require(try answer.decode(CommitResult.self).verification)
            #expect(check.sample == 1000 && check.flags == ["ENABLE_WEBSOCKET_TICKETS"] && check.differing.isEmpty)
        }
    }
}
