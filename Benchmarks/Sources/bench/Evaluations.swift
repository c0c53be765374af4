import AllocationCounter
import FlagModel

/// Evaluates flags in this process, one after the other, on one core.
struct Evaluations {
    /// A kind of flag, with the time that one evaluation may take.
    enum Kind: CaseIterable {
        case percentage, targeting

        var title: String {
            switch self {
            case .percentage: "evaluate a percentage flag"
            case .targeting: "evaluate `in`, then a rollout"
            }
        }

        var mostNanoseconds: Double { self == .percentage ? 60 : 400 }
    }

    private let context = EvaluationContext(
        targetingKey: "user-5-0123456789abcdef", attributes: ["email": "user5@example.com", "plan": "pro"])

    /// Nanoseconds per evaluation.
    func measure(_ kind: Kind, evaluations: Int) -> Double {
        let flag = CompiledFlag(key: "ENABLE_WEBSOCKET_TICKETS", definition: Self.definition(kind))
        var included = 0
        let time = ContinuousClock().measure {
            for _ in 0..<evaluations where flag.evaluate(self.context).variant == "on" { included += 1 }
        }
        precondition(included == 0 || included == evaluations)
        return time / .nanoseconds(1) / Double(evaluations)
    }

    /// How often an evaluation asks for memory, on average.
    func allocations(_ kind: Kind, evaluations: Int) -> Double {
        let flag = CompiledFlag(key: "ENABLE_WEBSOCKET_TICKETS", definition: Self.definition(kind))
        _ = flag.evaluate(self.context)
        let before = allocation_count()
        var included = 0
        for _ in 0..<evaluations where flag.evaluate(self.context).variant == "on" { included += 1 }
        let count = allocation_count() - before
        precondition(included == 0 || included == evaluations)
        return Double(count) / Double(evaluations)
    }

    private static func definition(_ kind: Kind) -> FlagDefinition {
        var definition = FlagDefinition(
            type: .boolean, variants: ["on": true, "off": false], defaultVariant: "off",
            rollout: Percentage(percent: 25).map {
                Rollout(variant: "on", percentage: $0, seed: "ENABLE_WEBSOCKET_TICKETS")
            })
        if kind == .targeting {
            let testers: JSONValue = ["a@example.com", "b@example.com", "qa@example.com"]
            definition.targeting = ["if": [["in": [["var": "email"], testers]], "on", nil]]
        }
        return definition
    }
}
