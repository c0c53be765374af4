import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("The admin API says who gets another answer, when it is asked")
struct PreviewAPITests {
    private static let flag: FlagKey = "ENABLE_WEBSOCKET_TICKETS"

    private func changeset(_ preview: JSONValue?, dryRun: Bool = true, base: Int64 = 1) -> JSONValue {
        var body: [String: JSONValue] = [
            "baseRevision": .integer(base), "reason": "try", "dryRun": .bool(dryRun),
            "changes": [["op": "rollout", "flag": .string(Self.flag.text), "percentage": 25]],
        ]
        body["preview"] = preview
        return .object(body)
    }

    private func commit(_ api: TestAPI, _ body: JSONValue) async throws -> Answer {
        try await api.send(.post, AdminAPITests.development + "/changesets", json: body)
    }

    @Test("A dry run for synthetic users counts those who change, and which way")
    func synthetic() async throws {
        try await TestAPI.with { api in
            let answer = try await self.commit(api, self.changeset(["synthetic": 2000]))
            let impact = try #require(try answer.decode(CommitResult.self).impact)
            #expect(impact.synthetic)
            #expect(impact.sample == 2000)
            let flag = try #require(impact.flags.first)
            #expect(impact.flags.map(\.flag) == [Self.flag])
            #expect((400...600).contains(flag.changed))
            #expect(flag.transitions.map(\.from) == ["off"])
            #expect(flag.transitions.map(\.to) == ["on"])
        }
    }

    @Test("Given contexts are the sample, also for a change that is made")
    func contexts() async throws {
        try await TestAPI.with { api in
            let contexts = (0..<40).map { JSONValue.object(["targetingKey": .string("user-\($0)")]) }
            let answer = try await self.commit(
                api, self.changeset(["contexts": .array(contexts)], dryRun: false))
            let result = try answer.decode(CommitResult.self)
            #expect(!result.dryRun && result.revision == 2)
            #expect(result.impact?.sample == 40)
            #expect(result.impact?.synthetic == false)
        }
    }

    @Test("A sample may be larger than other requests")
    func large() async throws {
        try await TestAPI.with { api in
            let email = String(repeating: "x", count: 2000) + "@example.com"
            let contexts = (0..<1000).map { number in
                JSONValue.object(["targetingKey": .string("user-\(number)"), "email": .string(email)])
            }
            let answer = try await self.commit(api, self.changeset(["contexts": .array(contexts)]))
            #expect(try answer.decode(CommitResult.self).impact?.sample == 1000)
        }
    }

    @Test("Whoever does not ask gets none")
    func notAsked() async throws {
        try await TestAPI.with { api in
            let answer = try await self.commit(api, self.changeset(nil))
            #expect(try answer.decode(CommitResult.self).impact == nil)
        }
    }

    @Test("Kill, rollback and apply tell as well")
    func everyChange() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let path = AdminAPITests.development
            let kill = try await api.send(
                .post, "\(path)/flags/\(Self.flag)/kill",
                json: ["reason": "try", "dryRun": true, "preview": ["synthetic": 100]]
            ).decode(CommitResult.self)
            #expect(kill.impact?.flags.first?.changed == 100)
            let rollback = try await api.send(
                .post, "\(path)/rollback", json: ["reason": "try", "dryRun": true, "preview": ["synthetic": 100]]
            ).decode(CommitResult.self)
            #expect(rollback.impact?.flags.first?.transitions.map(\.to) == ["off"])
            let document: JSONValue = [
                "environment": "development",
                "flags": ["NEW": ["type": "boolean", "variants": ["on": true], "defaultVariant": "on"]],
            ]
            let apply = try await api.send(
                .post, "\(path)/apply",
                json: ["reason": "try", "dryRun": true, "document": document, "preview": ["synthetic": 100]]
            ).decode(CommitResult.self)
            #expect(apply.impact?.flags.map(\.flag) == ["NEW"])
        }
    }

    @Test(
        "A preview that cannot be is refused, and nothing is changed",
        arguments: [
            [:], ["synthetic": 0], ["synthetic": 100_001], ["synthetic": 5, "contexts": []],
            ["contexts": [["targetingKey": 5]]], ["users": 5],
        ] as [JSONValue])
    func refused(preview: JSONValue) async throws {
        try await TestAPI.with { api in
            let answer = try await self.commit(api, self.changeset(preview, dryRun: false))
            #expect(answer.status == 400 || answer.status == 422)
            #expect(answer.problem?.issues?.first?.path.hasPrefix("preview") == true)
            #expect(try api.server.plane.head(of: "development").revision == 1)
        }
    }
}
