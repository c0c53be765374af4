import FlagModel
import Testing

/// A rule and a list that would make a careless evaluator run for ever, or out of memory or stack.
struct RuleAttack: Sendable, CustomTestStringConvertible {
    var name: String
    var rule: JSONValue
    var list: JSONValue

    var testDescription: String { self.name }

    /// 0, 1, 2, ….
    static func numbers(_ count: Int) -> JSONValue { .array((0..<count).map { .integer(Int64($0)) }) }

    static let all: [RuleAttack] = [
        RuleAttack(
            name: "an array that doubles at each step",
            rule: ["reduce": [["var": "list"], ["merge": [["var": "accumulator"], ["var": "accumulator"]]], [1]]],
            list: numbers(80)),
        RuleAttack(
            name: "a text that doubles at each step",
            rule: ["reduce": [["var": "list"], ["cat": [["var": "accumulator"], ["var": "accumulator"]]], "x"]],
            list: numbers(80)),
        RuleAttack(
            name: "a tree that doubles at each step, spelt out",
            rule: ["cat": [["reduce": [["var": "list"], [["var": "accumulator"], ["var": "accumulator"]], 1]]]],
            list: numbers(80)),
        RuleAttack(
            name: "an array nested once more at each step",
            rule: ["==": [["reduce": [["var": "list"], [["var": "accumulator"]], 1]], 1]], list: numbers(90_000)),
        RuleAttack(
            name: "an object nested once more at each step",
            rule: ["!!": [["reduce": [["var": "list"], ["var": ""], 1]]]], list: numbers(90_000)),
        RuleAttack(
            name: "a long list merged with itself thousands of times",
            rule: ["merge": .array([JSONValue](repeating: ["var": "list"], count: 2000))], list: numbers(100_000)),
        RuleAttack(
            name: "a long text joined with itself thousands of times",
            rule: ["cat": .array([JSONValue](repeating: ["var": "list"], count: 2000))],
            list: .string(String(repeating: "x", count: 500_000))),
        RuleAttack(
            name: "a long text cut up again and again",
            rule: ["cat": .array([JSONValue](repeating: ["substr": [["var": "list"], 1]], count: 1000))],
            list: .string(String(repeating: "x", count: 500_000))),
        RuleAttack(
            name: "a text that is nearly found at every place",
            rule: ["in": [["substr": [["var": "list"], 100_000]], ["var": "list"]]],
            list: .string(String(repeating: "a", count: 200_000) + "b")),
        RuleAttack(
            name: "long texts compared again and again",
            rule: ["or": .array([JSONValue](repeating: ["<": [["var": "list"], ["var": "list"]]], count: 1500))],
            list: .string(String(repeating: "x", count: 500_000))),
        RuleAttack(
            name: "a long number read again and again",
            rule: [
                "or": .array(
                    [JSONValue](repeating: ["!=": [["+": [["var": "list"]]], ["+": [["var": "list"]]]]], count: 1000))
            ],
            list: .string(String(repeating: "1", count: 200_000))),
        RuleAttack(
            name: "all of the context, again and again",
            rule: ["or": .array([JSONValue](repeating: ["!": [["var": ""]]], count: 2000))], list: numbers(1000)),
        RuleAttack(
            name: "a name of a hundred thousand steps, looked up again and again",
            rule: ["or": .array([JSONValue](repeating: ["var": [["var": "list"], 0]], count: 1000))],
            list: .string(String(repeating: ".", count: 100_000))),
        RuleAttack(
            name: "names of missing members by the hundred thousand",
            rule: ["or": .array([JSONValue](repeating: ["!": [["missing": [["var": "list"]]]]], count: 1000))],
            list: .array((0..<100_000).map { .string("a.b.c.\($0)") })),
        RuleAttack(
            name: "a long array searched again and again",
            rule: ["or": .array([JSONValue](repeating: ["in": ["none", ["var": "list"]]], count: 2000))],
            list: .array([JSONValue](repeating: "nope", count: 50_000))),
    ]
}
