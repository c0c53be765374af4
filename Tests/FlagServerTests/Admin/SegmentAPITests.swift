import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("The admin API shows segments and who uses them")
struct SegmentAPITests {
    private static let segments = AdminAPITests.development + "/segments"

    private func prepare(_ api: TestAPI) async throws {
        try await api.commit([
            ["op": "putSegment", "segment": "staff", "definition": ["description": "Us", "rule": ["var": "staff"]]],
            ["op": "putSegment", "segment": "testers", "definition": ["rule": ["$ref": "staff"]]],
            [
                "op": "put", "flag": "NEW",
                "definition": [
                    "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                    "targeting": ["if": [["$ref": "testers"], "on", nil]],
                ],
            ],
        ])
    }

    @Test("The list has every segment with its definition and its users")
    func list() async throws {
        try await TestAPI.with { api in
            let empty = try await api.send(.get, Self.segments).decode(SegmentList.self)
            #expect(empty.segments.isEmpty)
            try await self.prepare(api)
            let list = try await api.send(.get, Self.segments).decode(SegmentList.self)
            #expect(list.revision == 2)
            #expect(list.segments.map(\.name) == ["staff", "testers"])
            #expect(list.segments.map(\.usedBy.segments) == [["testers"], []])
            #expect(list.segments.map(\.usedBy.flags) == [[], ["NEW"]])
        }
    }

    @Test("One segment is shown, and an unknown one suggests the nearest")
    func show() async throws {
        try await TestAPI.with { api in
            try await self.prepare(api)
            let detail = try await api.send(.get, Self.segments + "/staff").decode(SegmentDetail.self)
            #expect(detail.definition == ["description": "Us", "rule": ["var": "staff"]])
            let unknown = try await api.send(.get, Self.segments + "/staf")
            #expect(unknown.status == 404)
            #expect(unknown.problem?.type == "unknown-segment")
            #expect(unknown.problem?.suggestion == "staff")
            let impossible = try await api.send(.get, Self.segments + "/%20")
            #expect(impossible.status == 404)
        }
    }

    @Test("One in use is not removed, and the refusal names the users")
    func inUse() async throws {
        try await TestAPI.with { api in
            try await self.prepare(api)
            let answer = try await api.commit([["op": "removeSegment", "segment": "testers"]])
            #expect(answer.status == 409)
            #expect(answer.problem?.type == "in-use")
            #expect(answer.problem?.users?.flags == ["NEW"])
        }
    }
}
