public import FlagModel

/// A ratio that is watched while a rollout runs: of attempts, those that failed.
public struct RolloutGuard: Sendable, Hashable {
    /// What happens when a guard fails.
    public enum Response: String, Sendable, Hashable, CaseIterable {
        /// The flag goes back to where the rollout found it.
        case rollback
        /// The rollout stops where it is and waits for a person.
        case pause
    }

    /// The share of all rollouts that may be stopped by mistake.
    public static let errorBudget = 0.01

    /// Its name within the plan.
    public var name: String
    /// What is counted, by the name under which instances report it.
    public var metric: String
    /// How much higher the cohort's ratio may be than that of the rest, 0 to 1.
    public var tolerance: Double
    /// The ratio above which it is bad whoever it is, 0 to 1: the cohort where there is no rest to compare it with, and
    /// the rest, whose failures the rollout has not caused.
    public var maximum: Double
    /// The ratio at which nothing more is weighed, 0 to 1.
    public var tripwire: Double
    /// How many attempts of the cohort it takes for that.
    public var tripwireSample: Int64
    /// How many attempts it takes, of the cohort and of the rest each, for any other verdict.
    public var minimumSample: Int64
    /// What happens when it fails.
    public var response: Response

    /// A guard.
    public init(
        name: String, metric: String, tolerance: Double = 0.01, maximum: Double = 0.05, tripwire: Double = 0.25,
        tripwireSample: Int64 = 50, minimumSample: Int64 = 100, response: Response = .rollback
    ) {
        self.name = name
        self.metric = metric
        self.tolerance = tolerance
        self.maximum = maximum
        self.tripwire = tripwire
        self.tripwireSample = tripwireSample
        self.minimumSample = minimumSample
        self.response = response
    }

    /// The guard as JSON.
    public var json: JSONValue {
        [
            "name": .string(self.name), "metric": .string(self.metric), "tolerance": .number(self.tolerance),
            "maximum": .number(self.maximum), "tripwire": .number(self.tripwire),
            "tripwireSample": .integer(self.tripwireSample), "minimumSample": .integer(self.minimumSample),
            "onFailure": .string(self.response.rawValue),
        ]
    }

    /// Reads the form that ``json`` writes; only `metric` must be there.
    ///
    /// - Throws: ``FlagModel/InvalidDocument`` with every fault.
    public init(json: JSONValue, at path: String) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let metric = reader.require("metric", reader.string("metric"), "the name of what is counted")
        self.init(name: reader.string("name") ?? metric ?? "", metric: metric ?? "")
        for name in [("name", self.name), ("metric", self.metric)] where metric != nil && !FlagKey.isValid(name.1) {
            reader.fail(name.0, "expected \(FlagKey.pattern)")
        }
        self.tolerance = reader.ratio("tolerance") ?? self.tolerance
        self.maximum = reader.ratio("maximum") ?? self.maximum
        self.tripwire = reader.ratio("tripwire") ?? self.tripwire
        self.tripwireSample = reader.sample("tripwireSample") ?? self.tripwireSample
        self.minimumSample = reader.sample("minimumSample") ?? self.minimumSample
        self.response = reader.keyword("onFailure", reader.string("onFailure"), Response.self) ?? self.response
        reader.finish()
        guard reader.issues.isEmpty else { throw InvalidDocument(reader.issues) }
    }
}

extension DocumentReader {
    fileprivate mutating func ratio(_ member: String) -> Double? {
        guard let value = self.number(member) else { return nil }
        if (0...1).contains(value) { return value }
        self.fail(member, "expected a ratio from 0 to 1, as 0.01 for 1 %")
        return nil
    }

    fileprivate mutating func sample(_ member: String) -> Int64? {
        guard let value = self.integer(member) else { return nil }
        if value > 0 { return value }
        self.fail(member, "expected a number of attempts, 1 or more")
        return nil
    }
}
