extension Expression {
    /// The rule's result in `scope`. Total: whatever the rule and the context are, there is a result, and null where
    /// JavaScript would throw.
    ///
    /// - Throws: ``Budget/Exhausted`` when the result would take more work than a ``Budget`` allows, and nothing else.
    func evaluate(in scope: Scope) throws(Budget.Exhausted) -> JSONValue {
        var budget = Budget()
        return try self.evaluate(in: scope, &budget)
    }

    /// The rule's result in `scope`, at the cost of `budget`.
    func evaluate(in scope: Scope, _ budget: inout Budget) throws(Budget.Exhausted) -> JSONValue {
        try budget.spend()
        switch self {
        case .literal(let value): return value
        case .variable(let path, let fallback):
            if path.isEmpty { try budget.spend(elements: scope.memberCount) }
            if let value = try scope.lookUp(path, &budget), !value.isNull { return value }
            return try fallback.evaluate(in: scope, &budget)
        case .segment(_, let rule): return try rule.evaluate(in: scope, &budget)
        case .list(let parts):
            return .array(try Self.values(of: parts, in: scope, &budget))
        case .operation(let operation, let arguments):
            return try Self.perform(operation, arguments, in: scope, &budget)
        }
    }

    /// The results of `parts`, in order.
    static func values(
        of parts: [Expression], in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> [JSONValue] {
        var values: [JSONValue] = []
        values.reserveCapacity(parts.count)
        for part in parts { values.append(try part.evaluate(in: scope, &budget)) }
        return values
    }

    private static func perform(
        _ operation: Operation, _ arguments: [Expression], in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        switch operation {
        case .condition, .ternary: try Self.condition(arguments, in: scope, &budget)
        case .and: try Self.firstDeciding(arguments, truth: false, in: scope, &budget)
        case .or: try Self.firstDeciding(arguments, truth: true, in: scope, &budget)
        case .map, .filter, .all, .none, .some, .reduce:
            try Self.iterate(operation, arguments, in: scope, &budget)
        case .variable, .missingSome, .equal, .strictlyEqual, .notEqual, .strictlyNotEqual, .not, .truth, .greater,
            .greaterOrEqual, .contains, .log:
            try Self.performOnTwo(operation, arguments, in: scope, &budget)
        default:
            try Self.perform(
                operation, on: try Self.values(of: arguments, in: scope, &budget), in: scope, &budget)
        }
    }

    private static func condition(
        _ arguments: [Expression], in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        var position = 0
        while position + 1 < arguments.count {
            if try arguments[position].evaluate(in: scope, &budget).isTruthy {
                return try arguments[position + 1].evaluate(in: scope, &budget)
            }
            position += 2
        }
        return position < arguments.count ? try arguments[position].evaluate(in: scope, &budget) : .null
    }

    /// `and` and `or`: the first result whose truth decides, else the last one.
    private static func firstDeciding(
        _ arguments: [Expression], truth: Bool, in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        var last = JSONValue.null
        for argument in arguments {
            last = try argument.evaluate(in: scope, &budget)
            if last.isTruthy == truth { return last }
        }
        return last
    }

    private static func iterate(
        _ operation: Operation, _ arguments: [Expression], in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        let elements = try arguments.first?.evaluate(in: scope, &budget).arrayValue ?? []
        let rule = arguments.count > 1 ? arguments[1] : .literal(.null)
        switch operation {
        case .reduce:
            var accumulator = arguments.count > 2 ? try arguments[2].evaluate(in: scope, &budget) : .null
            for current in elements {
                let scope = Scope.value(.object(["current": current, "accumulator": accumulator]))
                accumulator = try rule.evaluate(in: scope, &budget)
                try budget.spend(walking: accumulator)
            }
            return accumulator
        case .map:
            var results: [JSONValue] = []
            for element in elements { results.append(try rule.evaluate(in: .value(element), &budget)) }
            return .array(results)
        case .filter:
            var results: [JSONValue] = []
            for element in elements where try rule.evaluate(in: .value(element), &budget).isTruthy {
                results.append(element)
            }
            return .array(results)
        case .all:
            for element in elements where try !rule.evaluate(in: .value(element), &budget).isTruthy { return false }
            // JSONLogic says that nothing is true of all elements of an empty array.
            return .bool(!elements.isEmpty)
        default:
            for element in elements where try rule.evaluate(in: .value(element), &budget).isTruthy {
                return .bool(operation == .some)
            }
            return .bool(operation == .none)
        }
    }
}
