internal import FlagModel

/// The numbers that a verdict on a query rests on.
public struct QueryEvidence: Sendable, Hashable {
    /// What was asked, and what is good.
    public var condition: QueryCondition
    /// The answer; nil: there is none.
    public var value: Double?
    /// Why there is none.
    public var problem: String?
    /// For how long the answers have been bad, in milliseconds.
    public var milliseconds: Int64

    /// Evidence.
    public init(condition: QueryCondition, value: Double?, problem: String? = nil, milliseconds: Int64 = 0) {
        self.condition = condition
        self.value = value
        self.problem = problem
        self.milliseconds = milliseconds
    }

    /// The evidence as members of a JSON object.
    var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "query": .string(self.condition.query), "milliseconds": .integer(self.milliseconds),
        ]
        if let value = self.value { members["value"] = .number(value) }
        if let problem = self.problem { members["problem"] = .string(problem) }
        if let minimum = self.condition.minimum { members["minimum"] = .number(minimum) }
        if let maximum = self.condition.maximum { members["maximum"] = .number(maximum) }
        return members
    }
}

extension QueryEvidence: CustomStringConvertible {
    /// The numbers in one line.
    public var description: String {
        guard let value = self.value else { return "no number: \(self.problem ?? "there is no answer")" }
        let good = [
            self.condition.minimum.map { "\(Self.text($0)) at least" },
            self.condition.maximum.map { "\(Self.text($0)) at most" },
        ]
        let bad = self.milliseconds > 0 ? ", not for \(Duration.text(seconds: self.milliseconds / 1000))" : ""
        return "\(Self.text(value)) (good is \(good.compactMap(\.self).joined(separator: ", "))\(bad))"
    }

    private static func text(_ number: Double) -> String { JSONValue.number(number).canonical }
}
