public import FlagModel

extension RolloutGuard {
    /// The guard as JSON.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(self.name), "metric": .string(self.metric.name),
            "onFailure": .string(self.response.rawValue),
        ]
        if case .idle(let condition) = self.metric {
            members["for"] = .string(Duration.text(seconds: condition.seconds))
            return .object(members)
        }
        if case .prometheus(let condition) = self.metric {
            members["query"] = .string(condition.query)
            members["for"] = .string(Duration.text(seconds: condition.seconds))
            if let minimum = condition.minimum { members["minimum"] = .number(minimum) }
            if let maximum = condition.maximum { members["maximum"] = .number(maximum) }
            return .object(members)
        }
        members["tolerance"] = .number(self.tolerance)
        members["maximum"] = .number(self.maximum)
        members["tripwire"] = .number(self.tripwire)
        members["tripwireSample"] = .integer(self.tripwireSample)
        members["minimumSample"] = .integer(self.minimumSample)
        switch self.metric {
        case .ticketIssuanceSlow(let bound), .ticketConsumptionSlow(let bound):
            members["slowerThan"] = .string(bound.name)
        case .authenticationFailures, .fallbacks, .replays, .counter, .prometheus, .idle: break
        }
        return .object(members)
    }

    /// Reads the form that ``json`` writes; only `metric` must be there, and what the metric cannot do without.
    ///
    /// - Throws: ``FlagModel/InvalidDocument`` with every fault.
    public init(json: JSONValue, at path: String) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let metric = reader.metric()
        let name = reader.string("name")
        if let name, !FlagKey.isValid(name) { reader.fail("name", "expected \(FlagKey.pattern)") }
        let response = reader.keyword("onFailure", reader.string("onFailure"), Response.self)
        self.init(
            name: name ?? metric?.name.replacing("/", with: "-") ?? "", metric: metric ?? .authenticationFailures,
            response: response)
        if metric?.isRatio ?? true {
            self.tolerance = reader.ratio("tolerance") ?? self.tolerance
            self.maximum = reader.ratio("maximum") ?? self.maximum
            self.tripwire = reader.ratio("tripwire") ?? self.tripwire
            self.tripwireSample = reader.sample("tripwireSample") ?? self.tripwireSample
            self.minimumSample = reader.sample("minimumSample") ?? self.minimumSample
        }
        // Which other members there may be depends on the metric.
        if metric != nil { reader.finish() }
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
