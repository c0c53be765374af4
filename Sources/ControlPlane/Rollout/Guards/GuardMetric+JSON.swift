internal import FlagModel

extension DocumentReader {
    /// The longest query that is taken, in bytes.
    private static var longestQuery: Int { 4096 }
    /// The longest time that an answer may have to be bad, in seconds.
    private static var longestBreach: Int64 { 86_400 }

    /// What a guard watches: its `metric`, and the members that belong to it.
    mutating func metric() -> GuardMetric? {
        guard
            let name = self.require(
                "metric", self.string("metric"), "one of \(GuardMetric.names.joined(separator: ", "))")
        else { return nil }
        switch name {
        case "authentication-failures": return .authenticationFailures
        case "ticket-issuance-slow": return self.bound().map(GuardMetric.ticketIssuanceSlow)
        case "ticket-consumption-slow": return self.bound().map(GuardMetric.ticketConsumptionSlow)
        case "fallbacks": return .fallbacks
        case "replays": return .replays
        case "prometheus": return self.condition().map(GuardMetric.prometheus)
        default: return name.hasPrefix(GuardMetric.idlePrefix) ? self.idle(name) : self.counter(name)
        }
    }

    private mutating func counter(_ name: String) -> GuardMetric? {
        if name.hasPrefix(GuardMetric.counterPrefix) {
            let counter = String(name.dropFirst(GuardMetric.counterPrefix.count))
            if FlagKey.isValid(counter) { return .counter(counter) }
            self.fail("metric", "expected counter/ and the name of a counter, \(FlagKey.pattern)")
            return nil
        }
        let hint = NearestName.suggestion(for: name, among: GuardMetric.names).map { "; did you mean \($0)?" } ?? ""
        self.fail(
            "metric",
            "there is no metric \"\(name.shortened())\"\(hint) There are "
                + GuardMetric.names.joined(separator: ", "))
        return nil
    }

    private mutating func idle(_ name: String) -> GuardMetric? {
        let pathway = String(name.dropFirst(GuardMetric.idlePrefix.count))
        if !FlagKey.isValid(pathway) { self.fail("metric", "expected idle/ and the name of a pathway, as idle/cookie") }
        guard let seconds = self.require("for", self.durationSeconds("for"), "a time such as 7d") else { return nil }
        if !IdleCondition.bounds.contains(seconds) { self.fail("for", "expected 1h to 400d") }
        return .idle(IdleCondition(pathway: pathway, seconds: seconds))
    }

    private mutating func bound() -> LatencyBound? {
        let choice = "one of \(LatencyBound.names.joined(separator: ", "))"
        guard let name = self.require("slowerThan", self.string("slowerThan"), choice) else { return nil }
        if let bound = LatencyBound(name) { return bound }
        self.fail("slowerThan", "expected \(choice), found \"\(name.shortened())\"")
        return nil
    }

    private mutating func condition() -> QueryCondition? {
        let seconds = self.durationSeconds("for") ?? 30
        let (minimum, maximum) = (self.number("minimum"), self.number("maximum"))
        if !(1...Self.longestBreach).contains(seconds) { self.fail("for", "expected 1s to 1d") }
        if minimum == nil, maximum == nil { self.fail("maximum", "is missing; expected a number here or in minimum") }
        if let minimum, let maximum, minimum > maximum { self.fail("minimum", "is above maximum") }
        guard let query = self.require("query", self.string("query"), "a query in PromQL") else { return nil }
        if query.isEmpty || query.utf8.count > Self.longestQuery {
            self.fail("query", "expected 1 to \(Self.longestQuery) bytes")
        }
        return QueryCondition(query: query, minimum: minimum, maximum: maximum, seconds: seconds)
    }
}
