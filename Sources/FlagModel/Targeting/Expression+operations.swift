// The operations whose arguments are all worked out first.

extension Expression {
    /// The operations that look at two arguments at most, and so need no array to hold them.
    static func performOnTwo(
        _ operation: Operation, _ arguments: [Expression], in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        let first = try arguments.first?.evaluate(in: scope, &budget) ?? .null
        let second = arguments.count > 1 ? try arguments[1].evaluate(in: scope, &budget) : .null
        switch operation {
        case .variable:
            if let value = try Self.lookUp(first, in: scope, &budget), !value.isNull { return value }
            return second
        case .missingSome: return try Self.missingSome(first, second, in: scope, &budget)
        case .equal: return .bool(try first.isLooselyEqual(to: second, &budget))
        case .strictlyEqual: return .bool(try first.isIdentical(to: second, &budget))
        case .notEqual: return .bool(try !first.isLooselyEqual(to: second, &budget))
        case .strictlyNotEqual: return .bool(try !first.isIdentical(to: second, &budget))
        case .not: return .bool(!first.isTruthy)
        case .truth: return .bool(first.isTruthy)
        case .greater, .greaterOrEqual:
            guard arguments.count > 1 else { return false }
            return .bool(try second.isLess(than: first, orEqual: operation == .greaterOrEqual, &budget))
        case .contains: return .bool(try Self.contains(first, in: second, &budget))
        default: return first
        }
    }

    /// The operations that take any number of arguments.
    static func perform(
        _ operation: Operation, on values: [JSONValue], in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        switch operation {
        case .missing:
            return .array(try Self.missing(values.first?.arrayValue ?? values, in: scope, &budget))
        case .less: return .bool(try Self.isAscending(values, orEqual: false, &budget))
        case .lessOrEqual: return .bool(try Self.isAscending(values, orEqual: true, &budget))
        case .maximum, .minimum, .add, .subtract, .multiply, .divide, .remainder:
            return try Self.arithmetic(operation, values, &budget)
        case .merge: return try Self.merge(values, &budget)
        case .concatenate: return try Self.concatenate(values, &budget)
        case .substring: return try Self.substring(values, &budget)
        case .fractional: return try Self.fractional(values, in: scope, &budget)
        case .semanticVersion: return SemanticVersion.compare(values)
        case .startsWith: return try Self.compareTexts(values, &budget) { $0.utf8.starts(with: $1.utf8) }
        case .endsWith:
            return try Self.compareTexts(values, &budget) { $0.utf8.reversed().starts(with: $1.utf8.reversed()) }
        default: return .null
        }
    }

    private static func lookUp(
        _ name: JSONValue, in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue? {
        // Each step of a path is a text of its own.
        try budget.spend(elements: name.stringValue?.utf8.count ?? 0)
        guard let path = Self.path(name) else { return nil }
        if path.isEmpty { try budget.spend(elements: scope.memberCount) }
        return try scope.lookUp(path, &budget)
    }

    private static func missing(
        _ names: [JSONValue], in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> [JSONValue] {
        var missing: [JSONValue] = []
        for name in names {
            try budget.spend()
            switch try Self.lookUp(name, in: scope, &budget) {
            case nil, .null, "": missing.append(name)
            default: break
            }
        }
        return missing
    }

    private static func missingSome(
        _ needed: JSONValue, _ names: JSONValue, in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        let names = names.arrayValue ?? []
        let missing = try Self.missing(names, in: scope, &budget)
        let present = Double(names.count - missing.count)
        return .array(present >= (try needed.coercedNumber(&budget) ?? .nan) ? [] : missing)
    }

    private static func isAscending(
        _ values: [JSONValue], orEqual: Bool, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> Bool {
        guard values.count > 1, try values[0].isLess(than: values[1], orEqual: orEqual, &budget) else { return false }
        guard values.count > 2 else { return true }
        return try values[1].isLess(than: values[2], orEqual: orEqual, &budget)
    }

    /// What is no number makes the result none either, which compares as false with everything.
    private static func arithmetic(
        _ operation: Operation, _ values: [JSONValue], _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        var numbers: [Double] = []
        for value in values { numbers.append(try Self.operand(value, of: operation, &budget) ?? .nan) }
        switch operation {
        case .add: return .result(numbers.reduce(0, +))
        case .multiply: return numbers.isEmpty ? .null : .result(numbers.reduce(1, *))
        case .maximum: return .result(numbers.reduce(numbers.first ?? .nan, Double.maximumOrNaN))
        case .minimum: return .result(-numbers.map(-).reduce(numbers.first.map(-) ?? .nan, Double.maximumOrNaN))
        case .subtract where numbers.count == 1: return .result(-numbers[0])
        default: break
        }
        guard numbers.count > 1 else { return .result(.nan) }
        switch operation {
        case .subtract: return .result(numbers[0] - numbers[1])
        case .divide: return .result(numbers[0] / numbers[1])
        default: return .result(numbers[0].truncatingRemainder(dividingBy: numbers[1]))
        }
    }

    /// The number that an operation sees. `+` and `*` read numbers out of texts, and an empty text has none in it; to the
    /// others it is 0.
    private static func operand(
        _ value: JSONValue, of operation: Operation, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> Double? {
        if operation == .add || operation == .multiply, case .string(let text) = value {
            try budget.spend(bytes: text.utf8.count)
            if text.utf8.allSatisfy(JSONValue.isWhiteSpace) { return nil }
        }
        return try value.coercedNumber(&budget)
    }

    private static func merge(_ values: [JSONValue], _ budget: inout Budget) throws(Budget.Exhausted) -> JSONValue {
        var merged: [JSONValue] = []
        for value in values {
            if case .array(let elements) = value {
                try budget.spend(elements: elements.count)
                merged += elements
            } else {
                merged.append(value)
            }
        }
        return .array(merged)
    }
}

extension Double {
    /// The greater of two numbers; not a number when either is none.
    fileprivate static func maximumOrNaN(_ left: Double, _ right: Double) -> Double {
        left.isNaN || right.isNaN ? .nan : Swift.max(left, right)
    }
}
