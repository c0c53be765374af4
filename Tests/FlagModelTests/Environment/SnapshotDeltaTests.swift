import FlagModel
import Testing

@Suite("Deltas between snapshots")
struct SnapshotDeltaTests {
    private static let older = Snapshot(
        environment: "test", revision: 4,
        content: EnvironmentContent(
            flags: ["A": Sample.toggle(), "B": Sample.seconds(), "C": Sample.toggle { $0.targeting = ["$ref": "s"] }],
            segments: ["s": Segment(rule: ["var": "x"])], metadata: ["team": "auth"]))

    private static func newer(_ edit: (inout EnvironmentContent) -> Void) -> Snapshot {
        var content = Self.older.content
        edit(&content)
        return Snapshot(environment: "test", revision: 5, content: content)
    }

    /// Over the wire and back.
    private static func carried(_ delta: SnapshotDelta) throws -> SnapshotDelta {
        try SnapshotDelta(json: try JSONParser.parse(delta.json.canonical))
    }

    private static let edits: [(String, @Sendable (inout EnvironmentContent) -> Void)] = [
        ("nothing", { _ in }),
        ("a flag changes", { $0.flags["A"]?.isKilled = true }),
        ("a flag comes", { $0.flags["D"] = Sample.toggle() }),
        ("a flag goes", { $0.flags["B"] = nil }),
        ("a segment changes", { $0.segments["s"] = Segment(rule: ["!": [["var": "x"]]]) }),
        ("a segment comes", { $0.segments["t"] = Segment(rule: true) }),
        ("metadata changes", { $0.metadata = ["team": "other", "n": 1] }),
        ("metadata goes", { $0.metadata = [:] }),
        ("tickets are revoked", { $0.revokeTickets(before: Timestamp(millisecondsSinceEpoch: 5000), revision: 5) }),
    ]

    @Test("Applied to the older snapshot, a delta gives the newer one", arguments: 0..<edits.count)
    func applies(edit: Int) throws {
        let newer = Self.newer(Self.edits[edit].1)
        let delta = try Self.carried(newer.delta(from: Self.older))
        #expect((delta.from, delta.to) == (4, 5))
        let result = try Self.older.applying(delta)
        #expect(result.digest == newer.digest)
        #expect(result.revision == 5)
        #expect(result.content == newer.content)
        #expect(result.canonical == newer.canonical)
        for text in ["yes", ""] {
            let context = EvaluationContext(targetingKey: "u", attributes: ["x": .string(text)])
            for flag in newer.flags { #expect(result[flag.key]?.evaluate(context) == flag.evaluate(context)) }
        }
    }

    @Test("A delta carries what differs and nothing else")
    func carriesLittle() {
        let delta = Self.newer { $0.flags["A"]?.isKilled = true }.delta(from: Self.older)
        #expect(Array(delta.flags.keys) == ["A"])
        #expect(delta.segments.isEmpty)
        #expect(delta.members.isEmpty)
    }

    @Test("What depends on a changed flag is compiled anew")
    func dependants() throws {
        var content = Self.older.content
        content.flags["TOP"] = Sample.toggle { definition in
            definition.defaultVariant = "on"
            definition.prerequisites = [Prerequisite(flag: "A", variant: "off")]
        }
        let before = Snapshot(environment: "test", revision: 4, content: content)
        content.flags["A"]?.isKilled = true
        let after = Snapshot(environment: "test", revision: 5, content: content)
        let result = try before.applying(Self.carried(after.delta(from: before)))
        #expect(before.evaluate("TOP", for: EvaluationContext()).value == true)
        #expect(result.evaluate("TOP", for: EvaluationContext()).value == false)
    }

    @Test("A delta for another revision is refused")
    func wrongBase() {
        let delta = Self.newer { $0.flags["A"] = nil }.delta(from: Self.older)
        let snapshot = Snapshot(environment: "test", revision: 3, content: Self.older.content)
        #expect(throws: SnapshotDeltaError.base(from: 4, have: 3)) { try snapshot.applying(delta) }
    }

    @Test("A delta of another environment is refused")
    func wrongEnvironment() {
        let delta = Self.newer { $0.flags["A"] = nil }.delta(from: Self.older)
        let snapshot = Snapshot(environment: "other", revision: 4, content: Self.older.content)
        #expect(throws: SnapshotDeltaError.environment("test", expected: "other")) { try snapshot.applying(delta) }
    }

    @Test("A delta that does not lead to its digest is refused")
    func corrupted() {
        var delta = Self.newer { $0.flags["A"]?.isKilled = true }.delta(from: Self.older)
        delta.flags.updateValue(Sample.toggle { $0.description = "tampered" }, forKey: "A")
        #expect {
            try Self.older.applying(delta)
        } throws: { error in
            if case SnapshotDeltaError.digest? = error as? SnapshotDeltaError { true } else { false }
        }
    }

    @Test("Members that mean nothing are refused")
    func unknownMembers() {
        var delta = Self.newer { _ in }.delta(from: Self.older)
        delta.members["ticketsNotBefore"] = "yesterday"
        #expect {
            try Self.older.applying(delta)
        } throws: { error in
            if case SnapshotDeltaError.content? = error as? SnapshotDeltaError { true } else { false }
        }
    }

    @Test(
        "What is no delta is refused with its place",
        arguments: [
            ("{}", "environment: is missing"),
            (#"{"environment":"test","from":1,"to":2,"digest":"","changes":[]}"#, "changes: expected an object"),
            (#"{"environment":"test","from":1,"to":2,"digest":"","changes":{"flags":{"a b":null}}}"#, "changes.flags"),
            (
                #"{"environment":"test","from":1,"to":2,"digest":"","changes":{"flags":{"A":{}}}}"#,
                "changes.flags.A.type"
            ),
        ])
    func refused(text: String, message: String) throws {
        let json = try JSONParser.parse(text)
        let error = #expect(throws: InvalidDocument.self) { try SnapshotDelta(json: json) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("The published text is the canonical JSON of the published value")
    func canonical() {
        for (_, edit) in Self.edits {
            let snapshot = Self.newer(edit)
            #expect(snapshot.canonical == snapshot.json.canonical)
        }
    }
}
