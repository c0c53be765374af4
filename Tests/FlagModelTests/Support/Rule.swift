import Testing

@testable import FlagModel

/// Rules as the tests write them: in JSON text.
enum Rule {
    /// The result of `rule` over `data`, both JSON text.
    static func apply(_ rule: String, to data: String = "null") throws -> JSONValue {
        try self.apply(try JSONParser.parse(rule), to: try JSONParser.parse(data))
    }

    /// The result of `rule` over `data`.
    static func apply(_ rule: JSONValue, to data: JSONValue) throws -> JSONValue {
        try Expression(compiling: rule, at: "rule", segments: .open).evaluate(in: .value(data))
    }

    /// The result of `rule` for an evaluation context, as targeting sees it.
    static func apply(
        _ rule: JSONValue, flag: FlagKey = "flag", _ context: EvaluationContext, timestamp: Int64? = nil
    ) throws -> JSONValue {
        try Expression(compiling: rule, at: "rule", segments: .open)
            .evaluate(in: .context(context, flagKey: flag, timestamp: timestamp))
    }
}

/// A rule, the data and the expected result; shown by its rule in the test's name.
struct RuleCase: Sendable, CustomTestStringConvertible {
    var rule: String
    var data: String
    var expected: String

    init(_ rule: String, _ expected: String) {
        self.init(rule, "null", expected)
    }

    init(_ rule: String, _ data: String, _ expected: String) {
        self.rule = rule
        self.data = data
        self.expected = expected
    }

    var testDescription: String { "\(self.rule) on \(self.data) is \(self.expected)" }

    /// What the rule gives and what it should give, as canonical text.
    func outcome() throws -> (result: String, expected: String) {
        (try Rule.apply(self.rule, to: self.data).canonical, try JSONParser.parse(self.expected).canonical)
    }
}
