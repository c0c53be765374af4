import FlagModel
import Testing

@testable import FlagClient

@Suite("Reading flags")
struct ReadingTests {
    private let time = ShiftedTime()
    private let client: FlagClient

    init() throws {
        self.client = try FlagClient(Samples.configuration(1), time: self.time.source) { 0 }
    }

    private func apply(_ extra: [FlagKey: JSONValue] = [:], metadata: [String: JSONValue] = [:]) throws {
        var content = try Samples.snapshot(4, extra: extra).content
        content.metadata = metadata
        let snapshot = Snapshot(environment: "staging", revision: 4, content: content)
        self.client.live.heard()
        self.client.live.apply(AppliedSnapshot(snapshot, after: self.client.live.applied))
    }

    @Test("before the first snapshot callers get their defaults, and are told why")
    func notReady() {
        #expect(self.client.bool("on", default: false) == false)
        let details = self.client.stringDetails("greeting", default: "mine")
        #expect(details.value == "mine")
        #expect(details.reason == .error)
        #expect(details.errorCode == .providerNotReady)
        #expect(details.revision == nil)
    }

    @Test("each type is read as itself")
    func types() throws {
        try self.apply()
        #expect(self.client.bool("on", default: false))
        #expect(self.client.string("greeting", default: "") == "hello")
        #expect(self.client.int("limit", default: 0) == 7)
        #expect(self.client.double("share", default: 0) == 2.5)
        #expect(self.client.double("limit", default: 0) == 7)
        #expect(self.client.object("shape", default: nil) == ["sides": 3])
    }

    @Test("details say variant, reason and revision")
    func details() throws {
        try self.apply()
        let details = self.client.intDetails("limit", default: 0)
        #expect(details.variant == "it")
        #expect(details.reason == .static)
        #expect(details.errorCode == nil)
        #expect(details.revision == 4)
        #expect(details.key == "limit")
    }

    @Test("a flag of another type is a mismatch with the caller's default")
    func mismatch() throws {
        try self.apply()
        #expect(self.client.bool("greeting", default: true))
        #expect(self.client.boolDetails("greeting", default: true).errorCode == .typeMismatch)
        #expect(self.client.stringDetails("on", default: "").errorCode == .typeMismatch)
        #expect(self.client.intDetails("share", default: 1).errorCode == .typeMismatch)
        #expect(self.client.doubleDetails("on", default: 1).errorCode == .typeMismatch)
        #expect(self.client.objectDetails("on", default: nil).errorCode == .typeMismatch)
    }

    @Test("an unknown flag has the caller's default, whatever characters its key has")
    func notFound() throws {
        try self.apply()
        for key in ["missing", "", "no flag / at all \u{1F6A6}", String(repeating: "x", count: 10_000)] {
            let details = self.client.intDetails(key, default: 9)
            #expect(details.value == 9)
            #expect(details.errorCode == .flagNotFound)
            #expect((details.errorDetails?.count ?? 0) < 300)
        }
    }

    @Test("a disabled flag has the caller's default, and no error")
    func disabled() throws {
        try self.apply(["off": Samples.flag("boolean", true, ["state": "DISABLED"])])
        let details = self.client.boolDetails("off", default: false)
        #expect(details.value == false)
        #expect(details.reason == .disabled)
        #expect(details.errorCode == nil)
        #expect(details.variant == nil)
    }

    @Test("the context decides")
    func context() throws {
        try self.apply([
            "who": [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                "targeting": ["if": [["==": [["var": "email"], "qa@example.com"]], "on", nil]],
            ]
        ])
        #expect(!self.client.bool("who", default: true))
        let context = EvaluationContext(targetingKey: "u", attributes: ["email": "qa@example.com"])
        #expect(self.client.boolDetails("who", default: false, context: context).reason == .targetingMatch)
    }

    @Test("rules may read the time of day")
    func timestamp() throws {
        try self.apply([
            "late": [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                "targeting": ["if": [[">": [["var": "$flagd.timestamp"], 1_700_000_000]], "on", "off"]],
            ]
        ])
        #expect(self.client.bool("late", default: false))
    }

    @Test("metadata is the environment's and the flag's, whose own wins")
    func metadata() throws {
        try self.apply(
            ["marked": Samples.flag("boolean", true, ["metadata": ["team": "web", "a": 1]])],
            metadata: ["team": "all", "region": "eu"])
        let details = self.client.boolDetails("marked", default: false)
        #expect(details.flagMetadata == ["team": "web", "a": 1, "region": "eu"])
    }

    @Test("after the time that its onStale says, and not before, a flag serves its safe variant")
    func stale() throws {
        try self.apply(["impatient": Samples.impatient])
        self.time.advance(by: .seconds(59))
        #expect(self.client.bool("impatient", default: false))
        self.time.advance(by: .seconds(2))
        let details = self.client.boolDetails("impatient", default: true)
        #expect(details.value == false)
        #expect(details.reason == .stale)
        #expect(details.variant == "off")
        #expect(self.client.bool("on", default: false), "the others serve the last known for ever")
        self.client.live.heard()
        #expect(self.client.bool("impatient", default: false))
    }

    @Test("a wall clock that jumps makes nothing stale and nothing fresh")
    func wallClockJumps() throws {
        try self.apply(["impatient": Samples.impatient])
        self.time.setWall(by: .seconds(86_400))
        #expect(self.client.bool("impatient", default: false))
        self.time.setWall(by: .seconds(-864_000))
        self.time.advance(by: .seconds(61))
        #expect(self.client.boolDetails("impatient", default: true).reason == .stale)
    }

    @Test("a disabled flag stays disabled, however old it is")
    func staleAndDisabled() throws {
        var definition = Samples.impatient.objectValue ?? [:]
        definition["state"] = "DISABLED"
        try self.apply(["off": .object(definition)])
        self.time.advance(by: .seconds(61))
        #expect(self.client.boolDetails("off", default: true).reason == .disabled)
    }

    @Test("a later moment of hearing is not undone by an earlier one")
    func heardNeverGoesBack() throws {
        try self.apply(["impatient": Samples.impatient])
        self.client.live.heard(ago: .seconds(3600))
        #expect(self.client.bool("impatient", default: false))
    }

    @Test("many threads read while revisions change, and each sees one revision as a whole")
    func concurrently() async throws {
        try self.apply()
        let client = self.client
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    (0..<2000).allSatisfy { _ in
                        let details = client.stringDetails("greeting", default: "")
                        return details.revision == 4 && details.value == "hello"
                            || details.value == "revision \(details.revision ?? 0)"
                    }
                }
            }
            group.addTask {
                for revision in 5...60 {
                    guard
                        let snapshot = try? Samples.snapshot(Int64(revision), greeting: "revision \(revision)")
                    else { return false }
                    client.live.apply(AppliedSnapshot(snapshot, after: client.live.applied))
                }
                return true
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
