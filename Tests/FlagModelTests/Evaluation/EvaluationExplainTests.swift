import FlagModel
import Testing

@Suite("Explaining an evaluation")
struct EvaluationExplainTests {
    @Test("The explanation ends at the part that decided, for every combination")
    func agreesWithEvaluate() throws {
        for setting in EvaluationOrderTests.Setting.all {
            let flag = CompiledFlag(key: "F", definition: setting.definition)
            let context = EvaluationContext(targetingKey: setting.key)
            let answer = flag.evaluate(context)
            let steps = flag.explain(context)
            let last = try #require(steps.last)
            let expected =
                switch answer.reason {
                case .disabled: "state"
                case .targetingMatch, .error: "targeting"
                case .split: "rollout"
                case _ where setting.isKilled: "kill"
                case .static: "default"
                default:
                    setting.percent == 100 || setting.percent == 50 && setting.withoutKey != nil ? "rollout" : "default"
                }
            #expect(last.part == expected, "\(setting.testDescription)")
            if let variant = answer.variant { #expect(steps.contains { $0.finding.contains("\"\(variant)\"") }) }
            #expect(steps.first?.part == "state")
        }
    }

    @Test("A rollout's step tells the bucket and the side")
    func bucket() throws {
        let flag = CompiledFlag(
            key: "ENABLE_WEBSOCKET_TICKETS",
            definition: Sample.toggle {
                $0.rollout = Rollout(variant: "on", percentage: Sample.share(25), seed: "ENABLE_WEBSOCKET_TICKETS")
            })
        let steps = flag.explain(EvaluationContext(targetingKey: "user-1"))
        let step = try #require(steps.last)
        #expect(step.finding.contains("bucket 98353 of 100000 is not below 25000, so out"))
    }

    @Test("A rule that failed is told as the evaluation tells it")
    func failure() {
        let flag = CompiledFlag(key: "F", definition: Sample.toggle { $0.targeting = ["nonsense": []] })
        let context = EvaluationContext()
        #expect(flag.explain(context).last?.finding == flag.evaluate(context).errorDetails)
    }

    @Test("Of a rule, the conditions on the way are told with what they read and what came of them")
    func path() throws {
        let rule: JSONValue = [
            "if": [
                ["in": [["var": "email"], ["a@example.com"]]], "off", ["$ref": "testers"], "on",
                ["==": [["var": "never"], 1]], "on", nil,
            ]
        ]
        let content = EnvironmentContent(
            flags: ["F": Sample.toggle { $0.targeting = rule }],
            segments: ["testers": Segment(rule: ["starts_with": [["var": "email"], "qa@"]])])
        let snapshot = Snapshot(environment: "production", revision: 1, content: content)
        let steps = try #require(snapshot["F"])
            .explain(EvaluationContext(attributes: ["email": "qa@example.com"]))
        #expect(
            steps.map(\.finding) == [
                "ENABLED", #"{"var":"email"} is "qa@example.com""#, #"in [{"var":"email"}, ["a@example.com"]]: false"#,
                #"starts_with [{"var":"email"}, "qa@"]: true"#, "segment testers: true", #"the rule chose "on""#,
            ])
    }

    @Test("What a rule reads of the elements of an array is not looked for in the context")
    func elements() {
        let flag = CompiledFlag(
            key: "F",
            definition: Sample.toggle {
                $0.targeting = ["if": [["some": [["var": "items"], ["<": [["var": "price"], 10]]]], "on", nil]]
            })
        let findings = flag.explain(EvaluationContext(attributes: ["items": [["price": 3]], "price": 50]))
            .map(\.finding)
        #expect(findings.contains(#"{"var":"items"} is [{"price":3}]"#))
        #expect(!findings.contains { $0.contains("50") })
    }

    @Test("A context without what a rollout hashes is told which variant it gets, and why")
    func withoutKey() {
        let flag = CompiledFlag(
            key: "F",
            definition: Sample.toggle {
                $0.rollout = Rollout(
                    variant: "on", percentage: Sample.share(25), by: "email", seed: "F", withoutKey: "on")
            })
        let missing = flag.explain(EvaluationContext(targetingKey: "user"))
        #expect(missing.map(\.part) == ["state", "rollout"])
        #expect(
            missing.last?.finding
                == #""on" to 25 %, by email: the context has no email to hash, so "on", the variant without one"#)
        let other = flag.explain(EvaluationContext(attributes: ["email": true])).last?.finding
        #expect(other?.contains("email is neither a text nor a number") == true)
    }

    @Test("A flag without a default variant is told to leave the value to the caller")
    func callersDefault() {
        let flag = CompiledFlag(key: "F", definition: Sample.toggle { $0.defaultVariant = nil })
        #expect(
            flag.explain(EvaluationContext()).last?.finding
                == "there is no default variant: the caller's default applies")
    }

    @Test("A prerequisite is told with what it answers")
    func prerequisite() throws {
        var needs = Sample.toggle { $0.prerequisites = [Prerequisite(flag: "BASE", variant: "on")] }
        needs.safeVariant = "off"
        for (isKilled, words) in [(false, "but it answers \"off\""), (true, "but it is killed")] {
            let content = EnvironmentContent(flags: ["F": needs, "BASE": Sample.toggle { $0.isKilled = isKilled }])
            let steps = try #require(Snapshot(environment: "e", revision: 1, content: content)["F"])
                .explain(EvaluationContext())
            #expect(steps.last?.part == "prerequisite")
            #expect(steps.last?.finding.contains(words) == true)
        }
    }

    @Test("However long rule and context are, an explanation is short")
    func bounded() {
        let conditions = (0..<300).flatMap { number -> [JSONValue] in
            [["in": [["var": .string("a\(number)")], .array((0..<9).map { .integer($0) })]], "on"]
        }
        let flag = CompiledFlag(key: "F", definition: Sample.toggle { $0.targeting = ["if": .array(conditions)] })
        let long = JSONValue.string(String(repeating: "x", count: 100_000))
        let steps = flag.explain(
            EvaluationContext(attributes: Dictionary(uniqueKeysWithValues: (0..<300).map { ("a\($0)", long) })))
        #expect(steps.count < 50)
        #expect(steps.allSatisfy { $0.finding.unicodeScalars.count <= 200 })
    }
}
