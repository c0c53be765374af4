import Testing

@testable import FlagModel

@Suite("The work of a rule is bounded")
struct RuleBudgetTests {
    /// A flag that would be on if it were worked out, with a rule that reads `list`.
    private func answer(_ rule: JSONValue, list: JSONValue) -> Evaluation {
        CompiledFlag(key: "F", definition: Sample.toggle { $0.targeting = rule })
            .evaluate(EvaluationContext(targetingKey: "u", attributes: ["list": list]))
    }

    @Test("A rule that runs out of its budget is an error, not a wrong answer")
    func exhausted() {
        let pairs: JSONValue = ["map": [["var": "list"], ["map": [["var": "list"], ["var": ""]]]]]
        let nested: JSONValue = [
            "if": [["all": [["var": "list"], ["all": [["var": ""], [">=": [["var": ""], 0]]]]]], "on", "off"]
        ]
        let matrix = JSONValue.array([JSONValue](repeating: RuleAttack.numbers(300), count: 300))
        let answer = self.answer(nested, list: matrix)
        #expect(answer.reason == .error)
        #expect(answer.errorCode == .general)
        #expect(answer.value == nil)
        #expect(answer.errorDetails?.contains("F") == true)
        #expect(self.answer(["if": [pairs, "on", "off"]], list: RuleAttack.numbers(10)).variant == "on")
    }

    @Test("The explanation tells it as well")
    func explained() {
        let flag = CompiledFlag(
            key: "F",
            definition: Sample.toggle { $0.targeting = ["map": [["var": "list"], ["cat": ["x", ["var": ""]]]]] })
        let context = EvaluationContext(attributes: ["list": RuleAttack.numbers(200_000)])
        #expect(flag.evaluate(context).errorCode == .general)
        #expect(flag.explain(context).last?.part == "targeting")
        #expect(flag.explain(context).last?.finding == flag.evaluate(context).errorDetails)
    }

    @Test("Thousands of elements are within the budget")
    func ample() {
        let rule: JSONValue = ["if": [["some": [["var": "list"], ["==": [["var": ""], 9999]]]], "on", "off"]]
        #expect(self.answer(rule, list: RuleAttack.numbers(10_000)).variant == "on")
        let sum: JSONValue = [
            "if": [
                [
                    "==": [
                        ["reduce": [["var": "list"], ["+": [["var": "current"], ["var": "accumulator"]]], 0]], 499_500,
                    ]
                ], "on", "off",
            ]
        ]
        #expect(self.answer(sum, list: RuleAttack.numbers(1000)).variant == "on")
    }

    @Test("No attack takes long or brings the evaluation down", arguments: RuleAttack.all)
    func bounded(attack: RuleAttack) {
        var answer: Evaluation?
        let elapsed = ContinuousClock().measure { answer = self.answer(attack.rule, list: attack.list) }
        #expect(elapsed < .seconds(3))
        #expect(answer != nil)
    }

    @Test("A rule whose constants are costly compiles in bounded time, to the same error at evaluation")
    func costlyConstants() throws {
        let text = JSONValue.string(String(repeating: "x", count: 100_000))
        let rule: JSONValue = ["cat": .array([JSONValue](repeating: ["cat": [text, text, text, text]], count: 900))]
        let elapsed = ContinuousClock().measure {
            #expect(self.answer(rule, list: []).errorCode == .general)
        }
        #expect(elapsed < .seconds(3))
    }
}
