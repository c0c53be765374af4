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
                case .static: setting.isKilled ? "kill" : "default"
                default: setting.percent == 100 ? "rollout" : "default"
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
}
