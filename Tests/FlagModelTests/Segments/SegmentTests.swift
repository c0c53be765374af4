import FlagModel
import Testing

@Suite("Segments")
struct SegmentTests {
    private static let staff = Segment(
        description: "us", rule: ["ends_with": [["var": "email"], "@example.com"]])

    private static func snapshot(
        _ segments: [SegmentName: Segment], targeting: JSONValue
    ) throws -> Snapshot {
        let content = EnvironmentContent(
            flags: ["F": Sample.toggle { $0.targeting = targeting }], segments: segments)
        return Snapshot(environment: "test", revision: 1, content: content)
    }

    private static func answer(_ snapshot: Snapshot, email: String) -> JSONValue? {
        snapshot.evaluate(
            "F", for: EvaluationContext(targetingKey: "u", attributes: ["email": .string(email)])
        ).value
    }

    @Test("A rule that names a segment answers as if the segment's rule stood there")
    func inPlace() throws {
        let snapshot = try Self.snapshot(["staff": Self.staff], targeting: ["if": [["$ref": "staff"], "on", nil]])
        #expect(Self.answer(snapshot, email: "a@example.com") == true)
        #expect(Self.answer(snapshot, email: "a@example.org") == false)
    }

    @Test("A segment may name other segments")
    func nested() throws {
        let snapshot = try Self.snapshot(
            ["staff": Self.staff, "others": ["!": [["$ref": "staff"]]]],
            targeting: ["if": [["$ref": "others"], "on", nil]])
        #expect(Self.answer(snapshot, email: "a@example.com") == false)
        #expect(Self.answer(snapshot, email: "a@example.org") == true)
    }

    @Test("Inside map and its kin a segment sees the element at hand, as its rule would in place")
    func elementScope() throws {
        let snapshot = try Self.snapshot(
            ["even": ["==": [["%": [["var": ""], 2]], 0]]],
            targeting: ["if": [["all": [[2, 4], ["$ref": "even"]]], "on", "off"]])
        #expect(Self.answer(snapshot, email: "") == true)
    }

    @Test(
        "What does not fit together is an issue with its place",
        arguments: [
            (["$ref": "staf"], [:], "flags.F.targeting.$ref", "there is no segment \"staf\""),
            (["$ref": 1], [:], "flags.F.targeting.$ref", "expected the name of a segment, found an integer"),
            (["$ref": "no good"], [:], "flags.F.targeting.$ref", "is not a segment name"),
            ("on", ["a": ["$ref": "a"]], "segments.a", "names itself in a circle: a → a"),
            ("on", ["a": ["$ref": "b"], "b": ["$ref": "a"]], "segments.a", "names itself in a circle: a → b → a"),
        ] as [(JSONValue, [SegmentName: Segment], String, String)])
    func issues(targeting: JSONValue, segments: [SegmentName: Segment], path: String, message: String) throws {
        let content = EnvironmentContent(
            flags: ["F": Sample.toggle { $0.targeting = targeting }], segments: segments)
        let issues = content.issues
        #expect(issues.contains { $0.path == path && $0.message.contains(message) }, "\(issues)")
        // An answer there is all the same, and it ends.
        _ = Snapshot(environment: "test", revision: 1, content: content).evaluate("F", for: EvaluationContext())
    }

    @Test("A flag that names a segment at fault is told so, not that it meant the one that it named")
    func faulty() {
        let content = EnvironmentContent(
            flags: ["F": Sample.toggle { $0.targeting = ["$ref": "staff"] }], segments: ["staff": ["$ref": "stuff"]])
        let message = content.issues.first { $0.path == "flags.F.targeting.$ref" }?.message
        #expect(message == "the segment \"staff\" is at fault itself; mend it first")
    }

    @Test("The nearest segment is suggested")
    func suggestion() {
        let content = EnvironmentContent(
            flags: ["F": Sample.toggle { $0.targeting = ["$ref": "staf"] }], segments: ["staff": Self.staff])
        #expect(content.issues.first?.message.hasSuffix("did you mean staff?") == true)
    }

    @Test("Segments that name each other level by level come to an end", arguments: [40, 60, 5000])
    func chain(length: Int) {
        var content = EnvironmentContent(flags: ["F": Sample.toggle { $0.targeting = ["$ref": "s0"] }])
        for number in 0..<length {
            content.segments[SegmentName(unchecked: "s\(number)")] =
                number == length - 1 ? ["var": "x"] : ["$ref": .string("s\(number + 1)")]
        }
        #expect(content.issues.isEmpty == (length == 40))
        let snapshot = Snapshot(environment: "test", revision: 1, content: content)
        _ = snapshot.evaluate("F", for: EvaluationContext(attributes: ["x": true]))
    }

    @Test("Segments that double what they name are counted each time, not spelt out")
    func doubling() {
        var content = EnvironmentContent(flags: ["F": Sample.toggle { $0.targeting = ["$ref": "s0"] }])
        for number in 0..<40 {
            let next: JSONValue = ["$ref": .string("s\(number + 1)")]
            content.segments[SegmentName(unchecked: "s\(number)")] = Segment(rule: ["and": [next, next]])
        }
        content.segments["s40"] = ["var": "x"]
        #expect(content.issues.contains { $0.message == "the rule has more than 5000 parts" })
    }

    @Test("An invariant cannot name a segment")
    func invariant() {
        let error = #expect(throws: InvalidDocument.self) {
            try Invariant(name: "i", json: ["message": "m", "rule": ["$ref": "staff"]], at: "invariants.i")
        }
        #expect(error?.issues.first?.path == "invariants.i.rule.$ref")
    }

    @Test("Who uses a segment is known, directly and through others")
    func users() {
        let content = EnvironmentContent(
            flags: [
                "A": Sample.toggle { $0.targeting = ["if": [["$ref": "staff"], "on", nil]] },
                "B": Sample.toggle { $0.targeting = ["if": [["$ref": "others"], "on", nil]] }, "C": Sample.toggle(),
            ], segments: ["staff": Self.staff, "others": ["!": [["$ref": "staff"]]]])
        #expect(content.users(of: "staff" as SegmentName).description == "the flag A and the segment others")
        #expect(content.flags(using: ["staff"]) == ["A", "B"])
    }

    @Test("A segment is read from what it writes")
    func json() throws {
        #expect(try Segment(json: Self.staff.json, at: "") == Self.staff)
        #expect(Segment(rule: nil).json == ["rule": nil])
        #expect(try Segment(json: ["rule": nil], at: "") == Segment(rule: nil))
    }

    @Test(
        "A faulty segment is refused with its place",
        arguments: [
            ([:], "segments.s.rule: is missing; expected a JSONLogic rule"),
            (["rule": ["nonsense": []]], "segments.s.rule: unknown operation \"nonsense\""),
            (["rule": true, "discription": ""], "segments.s.discription"),
            ("x", "segments.s: expected an object, found a string"),
        ] as [(JSONValue, String)])
    func refused(json: JSONValue, message: String) {
        let error = #expect(throws: InvalidDocument.self) { try Segment(json: json, at: "segments.s") }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
}

extension Segment: ExpressibleByDictionaryLiteral {
    /// A segment without a description, by its rule.
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(rule: .object(Dictionary(uniqueKeysWithValues: elements)))
    }
}
