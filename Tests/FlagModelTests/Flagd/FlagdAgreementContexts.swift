@testable import FlagModel

/// Random contexts, with their JSON text put together from parts that were spelt beforehand: a hundred thousand are needed.
struct FlagdAgreementContexts {
    private struct Choice {
        var value: JSONValue
        var text: String
    }

    private var random = SplitMix64(20_260_307)
    private let attributes: [(name: String, choices: [Choice])]

    init() {
        let attributes: [(String, [JSONValue])] = [
            (
                "email",
                [
                    "qa@example.com", "ada@example.org", "zoë@example.org", "bob@example.com", "", nil, "x😀",
                    "e\u{301}@x.com",
                    "\"quoted\\\"@example.com", 7,
                ]
            ),
            ("plan", ["pro", "team", "free", "", nil, true, "nonsense", "Pro"]),
            ("country", ["DE", "FR", "de", nil, "日本"]),
            ("age", [17, 18, 42, 42.5, 70, "42", "66", "old", 0, -3, nil, 1e6]),
            ("weight", [0, 1, 3, 7, 100]),
            ("beta", [true, false, 0, 1, "", "yes", nil, []]),
            ("tags", [["beta"], ["xa", "a"], ["a", "ba"], [], ["q"], "beta", nil, ["é"]]),
            (
                "version",
                [
                    "1.2.3", "v1.2", "2", "2.0.0-rc.1", "3.0.0-beta.11", "3.0.0-beta.2+build.7", "0.9", "1.0.0", "junk",
                    "1.2.3.4",
                    "01.2.3", 1, 1.2, 3, nil, true, "",
                ]
            ),
            (
                "account",
                [
                    "acme", "", "a b", "日本", 0, 1, 42, -7, 1.5, 0.25, -0.125, true, false, nil, [], [1], ["x"],
                    ["a": 1], 9_007_199_254_740_991,
                ]
            ),
            ("nested", [["list": [1, 2, 3], "deep": "x"], ["list": [1, 1]], ["list": []], ["deep": ""], nil, 3]),
        ]
        self.attributes = attributes.map { name, values in
            (name, values.map { Choice(value: $0, text: "\"\(name)\":\($0.canonical)") })
        }
    }

    /// The next context and its JSON.
    mutating func next() -> (context: EvaluationContext, json: String) {
        var context = EvaluationContext()
        var parts: [String] = []
        switch Int.random(in: 0..<10, using: &self.random) {
        case 0: break
        case 1: context.targetingKey = self.random.pick(["", "zoë", "日本", "😀", "user"])
        default: context.targetingKey = "user-\(Int.random(in: 0..<1_000_000, using: &self.random))"
        }
        if let key = context.targetingKey { parts.append("\"targetingKey\":\"\(key)\"") }
        for (name, choices) in self.attributes where self.random.chance(70) {
            let choice = self.random.pick(choices)
            context.attributes[name] = choice.value
            parts.append(choice.text)
        }
        return (context, "{" + parts.joined(separator: ",") + "}")
    }

    /// A few of `keys`.
    mutating func some(of keys: [FlagKey]) -> [FlagKey] {
        (0..<2).map { _ in self.random.pick(keys) }
    }
}
