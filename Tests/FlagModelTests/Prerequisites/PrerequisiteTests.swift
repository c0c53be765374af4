import FlagModel
import Testing

@Suite("Prerequisites")
struct PrerequisiteTests {
    /// `TOP` requires `BASE` to answer on, and is on itself by default.
    private static func content(
        base: (inout FlagDefinition) -> Void = { _ in }, top: (inout FlagDefinition) -> Void = { _ in }
    ) -> EnvironmentContent {
        EnvironmentContent(flags: [
            "BASE": Sample.toggle { definition in
                definition.defaultVariant = "on"
                base(&definition)
            },
            "TOP": Sample.toggle { definition in
                definition.defaultVariant = "on"
                definition.prerequisites = [Prerequisite(flag: "BASE", variant: "on")]
                top(&definition)
            },
        ])
    }

    private static func answer(
        _ content: EnvironmentContent, _ key: String? = "user", attributes: [String: JSONValue] = [:]
    ) -> Evaluation {
        Snapshot(environment: "test", revision: 1, content: content)
            .evaluate("TOP", for: EvaluationContext(targetingKey: key, attributes: attributes))
    }

    @Test("While its prerequisite is fulfilled a flag answers for itself")
    func fulfilled() {
        #expect(Self.answer(Self.content()).value == true)
        #expect(Self.answer(Self.content()).reason == .default)
    }

    @Test("While its prerequisite answers another variant a flag serves its safe variant")
    func unfulfilled() {
        let answer = Self.answer(Self.content(base: { $0.defaultVariant = "off" }))
        #expect(answer.variant == "off")
        #expect(answer.value == false)
        #expect(answer.reason == .default)
    }

    @Test(
        "A killed prerequisite takes its dependants to their safe variant, even if its own safe variant is the one required"
    )
    func killed() {
        let content = Self.content(base: { definition in
            definition.safeVariant = "on"
            definition.isKilled = true
        })
        #expect(Self.answer(content).variant == "off")
    }

    @Test("A disabled prerequisite fulfils nothing")
    func disabled() {
        #expect(Self.answer(Self.content(base: { $0.state = .disabled })).variant == "off")
    }

    @Test("A prerequisite is evaluated for the same context")
    func sameContext() {
        let content = Self.content(base: { definition in
            definition.defaultVariant = "off"
            definition.targeting = ["if": [["==": [["var": "plan"], "gold"]], "on", nil]]
        })
        #expect(Self.answer(content, attributes: ["plan": "gold"]).value == true)
        #expect(Self.answer(content, attributes: ["plan": "tin"]).value == false)
    }

    @Test("Of users in both rollouts only, at any pair of percentages", arguments: [(10.0, 50.0), (50, 10), (99, 1)])
    func both(base: Double, top: Double) {
        let content = Self.content(
            base: { definition in
                definition.defaultVariant = "off"
                definition.rollout = Rollout(variant: "on", percentage: Sample.share(base), seed: "base")
            },
            top: { definition in
                definition.defaultVariant = "off"
                definition.rollout = Rollout(variant: "on", percentage: Sample.share(top), seed: "top")
            })
        let snapshot = Snapshot(environment: "test", revision: 1, content: content)
        for number in 0..<2000 {
            let context = EvaluationContext(targetingKey: "user-\(number)")
            let isInBoth =
                Bucket(seed: "base", key: "user-\(number)").isIn(Sample.share(base))
                && Bucket(seed: "top", key: "user-\(number)").isIn(Sample.share(top))
            #expect(snapshot.evaluate("TOP", for: context).value == .bool(isInBoth))
        }
    }

    @Test("Killing and disabling the flag itself come first")
    func order() {
        #expect(Self.answer(Self.content(top: { $0.state = .disabled })).reason == .disabled)
        #expect(Self.answer(Self.content(top: { $0.isKilled = true })).reason == .static)
    }

    @Test("Prerequisites reach through: a killed flag takes along what was built on what was built on it")
    func through() {
        var content = Self.content(base: { $0.isKilled = true })
        content.flags["ROOF"] = Sample.toggle { definition in
            definition.defaultVariant = "on"
            definition.prerequisites = [Prerequisite(flag: "TOP", variant: "on")]
        }
        let snapshot = Snapshot(environment: "test", revision: 1, content: content)
        #expect(snapshot.evaluate("ROOF", for: EvaluationContext()).variant == "off")
        #expect(content.dependants(of: ["BASE"]) == ["TOP", "ROOF"])
        #expect(content.users(of: "BASE" as FlagKey).description == "the flag TOP")
    }

    @Test(
        "What does not fit together is an issue with its place",
        arguments: [
            ([("A", "B", "on"), ("B", "A", "on")], "flags.A.prerequisites", "requires itself in a circle: A → B → A"),
            ([("A", "A", "on")], "flags.A.prerequisites", "requires itself in a circle: A → A"),
            (
                [("A", "BB", "on"), ("B", "C", "on")], "flags.A.prerequisites[0]",
                "there is no flag BB; did you mean B?"
            ),
            ([("A", "C", "blue")], "flags.A.prerequisites[0]", "C has no variant \"blue\"; there are: off, on"),
        ] as [([(FlagKey, FlagKey, String)], String, String)])
    func issues(edges: [(FlagKey, FlagKey, String)], path: String, message: String) {
        var content = EnvironmentContent(flags: ["C": Sample.toggle()])
        for (key, required, variant) in edges {
            content.flags[key] = Sample.toggle { $0.prerequisites = [Prerequisite(flag: required, variant: variant)] }
        }
        let issues = content.issues
        #expect(issues.contains { $0.path == path && $0.message == message }, "\(issues)")
        // Should it be in force all the same, every flag has an answer.
        let snapshot = Snapshot(environment: "test", revision: 1, content: content)
        for flag in snapshot.flags { _ = flag.evaluate(EvaluationContext()) }
    }

    @Test("A flag that would take too many evaluations is refused, however few each requires")
    func fanOut() {
        var content = EnvironmentContent()
        for level in 0..<12 {
            for side in ["a", "b"] {
                content.flags[FlagKey(unchecked: "L\(level)\(side)")] = Sample.toggle { definition in
                    guard level > 0 else { return }
                    definition.prerequisites = ["a", "b"].map {
                        Prerequisite(flag: FlagKey(unchecked: "L\(level - 1)\($0)"), variant: "on")
                    }
                }
            }
        }
        #expect(content.issues.contains { $0.message.contains("takes more than 64 evaluations") })
    }

    @Test(
        "A faulty definition is refused with its place",
        arguments: [
            (["prerequisites": [["flag": "X"]]], "F.prerequisites[0].variant: is missing"),
            (["prerequisites": [["variant": "on"]]], "F.prerequisites[0].flag: is missing"),
            (["prerequisites": "X"], "F.prerequisites: expected an array"),
            (
                ["prerequisites": [["flag": "X", "variant": "on"], ["flag": "X", "variant": "off"]]],
                "F.prerequisites: a flag is required once at most"
            ),
            (["prerequisites": [["flag": "X", "variant": "on"]], "defaultVariant": nil], "need a safeVariant"),
        ] as [([String: JSONValue], String)])
    func refused(members: [String: JSONValue], message: String) {
        var document: [String: JSONValue] = [
            "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
        ]
        document.merge(members) { _, new in new }
        let error = #expect(throws: InvalidDocument.self) {
            try FlagDefinition(json: .object(document), key: "F", at: "F")
        }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("A definition with prerequisites is read from what it writes")
    func json() throws {
        let definition = try #require(Self.content().flags["TOP"])
        #expect(definition.json["prerequisites"] == [["flag": "BASE", "variant": "on"]])
        #expect(try FlagDefinition(json: definition.json, key: "TOP", at: "") == definition)
    }

    @Test("To an invariant, a flag with prerequisites promises nothing and may serve its safe variant")
    func facts() throws {
        let rule: JSONValue = ["==": [["var": "flags.TOP.always"], true]]
        let settings = EnvironmentSettings(invariants: [
            try Invariant(name: "always", json: ["message": "m", "rule": rule], at: ""),
            try Invariant(
                name: "never-off",
                json: ["message": "m", "rule": ["!": [["in": [false, ["var": "flags.TOP.values"]]]]]], at: ""),
        ])
        #expect(settings.violations(by: Self.content()).map(\.invariant) == ["always", "never-off"])
    }
}
