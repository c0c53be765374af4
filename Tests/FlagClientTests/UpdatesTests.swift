import FlagModel
import Testing

@testable import FlagClient

@Suite("Following flags")
struct UpdatesTests {
    private let time = ShiftedTime()
    private let client: FlagClient

    init() throws {
        self.client = try FlagClient(Samples.configuration(1), time: self.time.source) { 0 }
    }

    private func apply(_ revision: Int64, greeting: String, extra: [FlagKey: JSONValue] = [:]) throws {
        let snapshot = try Samples.snapshot(revision, greeting: greeting, extra: extra)
        self.client.live.heard()
        self.client.live.apply(AppliedSnapshot(snapshot, after: self.client.live.applied))
    }

    @Test("What the control plane confirms as it comes is never taken for the cache's, whatever failed before")
    func confirmedAtOnce() async throws {
        self.client.live.note { $0.hasFailed = true }
        async let readiness = self.client.waitUntilReady(timeout: .seconds(60))
        self.client.live.apply(AppliedSnapshot(try Samples.snapshot(1), after: nil), isConfirmed: true)
        #expect(try await readiness == .network)
    }

    @Test("the present answer comes at once, also while there is none")
    func atOnce() async throws {
        var updates = self.client.updates(of: "greeting", default: "mine").makeAsyncIterator()
        #expect(await updates.next()?.errorCode == .providerNotReady)
        try self.apply(1, greeting: "hello")
        #expect(await updates.next()?.value == "hello")
    }

    @Test("changes of other flags are passed over, and what is missed in between is not made up for")
    func changes() async throws {
        try self.apply(1, greeting: "a")
        var updates = self.client.updates(of: "greeting", default: "").makeAsyncIterator()
        #expect(await updates.next()?.value == "a")
        try self.apply(2, greeting: "a", extra: ["other": Samples.flag("boolean", true)])
        try self.apply(3, greeting: "b")
        try self.apply(4, greeting: "c")
        let next = await updates.next()
        #expect(next?.value == "c")
        #expect(next?.revision == 4)
    }

    @Test("a flag's coming and going are changes")
    func comesAndGoes() async throws {
        try self.apply(1, greeting: "a")
        var updates = self.client.updates(of: "new", default: false).makeAsyncIterator()
        #expect(await updates.next()?.errorCode == .flagNotFound)
        try self.apply(2, greeting: "a", extra: ["new": Samples.flag("boolean", true)])
        #expect(await updates.next()?.value == true)
        try self.apply(3, greeting: "a")
        #expect(await updates.next()?.errorCode == .flagNotFound)
    }

    @Test("a change of a flag that is required is a change of the flag that requires it")
    func prerequisites() async throws {
        func flags(_ on: Bool) -> [FlagKey: JSONValue] {
            [
                "base": [
                    "type": "boolean", "variants": ["on": true, "off": false],
                    "defaultVariant": .string(on ? "on" : "off"),
                ],
                "top": [
                    "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "on",
                    "safeVariant": "off", "prerequisites": [["flag": "base", "variant": "on"]],
                ],
            ]
        }
        try self.apply(1, greeting: "a", extra: flags(true))
        var updates = self.client.updates(of: "top", default: false).makeAsyncIterator()
        #expect(await updates.next()?.value == true)
        try self.apply(2, greeting: "a", extra: flags(false))
        #expect(await updates.next()?.value == false)
    }

    @Test("a change of a segment is a change of the flags that use it")
    func segments() async throws {
        func snapshot(_ revision: Int64, _ email: String) throws -> Snapshot {
            let content = try EnvironmentContent(json: [
                "flags": [
                    "who": [
                        "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                        "targeting": ["if": [["$ref": "testers"], "on", nil]],
                    ],
                    "plain": Samples.flag("boolean", true),
                ],
                "segments": ["testers": ["rule": ["==": [["var": "email"], .string(email)]]]],
            ])
            return Snapshot(environment: "staging", revision: revision, content: content)
        }
        let context = EvaluationContext(attributes: ["email": "b"])
        let first = AppliedSnapshot(try snapshot(1, "a"), after: nil)
        self.client.live.apply(first)
        var updates = self.client.updates(of: "who", default: false, context: context).makeAsyncIterator()
        #expect(await updates.next()?.value == false)
        let second = AppliedSnapshot(try snapshot(2, "b"), after: first)
        self.client.live.apply(second)
        #expect(await updates.next()?.value == true)
        #expect(first.flags["plain"] === second.flags["plain"])
        let delta = second.snapshot.delta(from: first.snapshot)
        let byDelta = AppliedSnapshot(try first.snapshot.applying(delta), after: first, by: delta)
        #expect(byDelta.flags["plain"] === first.flags["plain"])
        #expect(byDelta.flags["who"] !== first.flags["who"])
    }

    @Test("becoming stale is a change, and being fresh again another")
    func staleness() async throws {
        try self.apply(1, greeting: "a", extra: ["impatient": Samples.impatient])
        var updates = self.client.updates(of: "impatient", default: true).makeAsyncIterator()
        #expect(await updates.next()?.value == true)
        self.time.advance(by: .seconds(61))
        self.client.live.news.post()
        #expect(await updates.next()?.reason == .stale)
        self.client.live.heard()
        self.client.live.news.post()
        #expect(await updates.next()?.value == true)
    }

    @Test("snapshots come as they are put in force, the newest wins")
    func snapshots() async throws {
        var snapshots = self.client.snapshots.makeAsyncIterator()
        try self.apply(1, greeting: "a")
        #expect(await snapshots.next()?.revision == 1)
        try self.apply(2, greeting: "b")
        try self.apply(3, greeting: "c")
        #expect(await snapshots.next()?.revision == 3)
        #expect(self.client.snapshot?.revision == 3)
    }

    @Test("the sequences end when the client stops, and begin with an end after that")
    func end() async throws {
        try self.apply(1, greeting: "a")
        var updates = self.client.updates(of: "greeting", default: "").makeAsyncIterator()
        var snapshots = self.client.snapshots.makeAsyncIterator()
        _ = await updates.next()
        _ = await snapshots.next()
        self.client.live.news.end()
        #expect(await updates.next() == nil)
        #expect(await snapshots.next() == nil)
        var late = self.client.updates(of: "greeting", default: "").makeAsyncIterator()
        #expect(await late.next()?.value == "a")
        #expect(await late.next() == nil)
    }

    @Test("followers that are gone leave nothing behind")
    func noLeak() async throws {
        weak var state: LiveState?
        do {
            let live = LiveState(time: TimeSource())
            state = live
            for await _ in live.news.subscribe() { break }
        }
        #expect(state == nil)
    }
}
