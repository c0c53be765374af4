extension Expression {
    /// The rule's result in `scope`. Total: whatever the rule and the context are, there is a result, and null where
    /// JavaScript would throw.
    func evaluate(in scope: Scope) -> JSONValue {
        var budget = Budget()
        return self.evaluate(in: scope, &budget)
    }

    /// The rule's result in `scope`, for as long as `budget` lasts.
    func evaluate(in scope: Scope, _ budget: inout Budget) -> JSONValue {
        guard budget.spend() else { return .null }
        switch self {
        case .literal(let value): return value
        case .variable(let path, let fallback):
            if let value = scope.lookUp(path), value != .null { return value }
            return fallback.evaluate(in: scope, &budget)
        case .list(let parts):
            return .array(parts.map { $0.evaluate(in: scope, &budget) })
        case .operation(let operation, let arguments):
            return Self.perform(operation, arguments, in: scope, &budget)
        }
    }

    private static func perform(
        _ operation: Operation, _ arguments: [Expression], in scope: Scope, _ budget: inout Budget
    ) -> JSONValue {
        // The operations that do not evaluate all their arguments, or not in this scope.
        switch operation {
        case .condition, .ternary: return Self.condition(arguments, in: scope, &budget)
        case .and: return Self.firstDeciding(arguments, in: scope, &budget) { !$0.isTruthy }
        case .or: return Self.firstDeciding(arguments, in: scope, &budget) { $0.isTruthy }
        case .map, .filter, .all, .none, .some, .reduce:
            return Self.iterate(operation, arguments, in: scope, &budget)
        default: break
        }
        let values = arguments.map { $0.evaluate(in: scope, &budget) }
        let first = values.first ?? .null
        let second = values.count > 1 ? values[1] : .null
        switch operation {
        case .variable:
            return Self.path(first).flatMap { scope.lookUp($0) }.flatMap { $0 == .null ? nil : $0 } ?? second
        case .missing: return .array(Self.missing(values.count == 1 ? first.arrayValue ?? values : values, in: scope))
        case .missingSome: return Self.missingSome(first, second, in: scope)
        case .equal: return .bool(first.isLooselyEqual(to: second))
        case .strictlyEqual: return .bool(first.isIdentical(to: second))
        case .notEqual: return .bool(!first.isLooselyEqual(to: second))
        case .strictlyNotEqual: return .bool(!first.isIdentical(to: second))
        case .not: return .bool(!first.isTruthy)
        case .truth: return .bool(first.isTruthy)
        case .greater: return .bool(second.isLess(than: first, orEqual: false))
        case .greaterOrEqual: return .bool(second.isLess(than: first, orEqual: true))
        case .less: return .bool(Self.isAscending(values, orEqual: false))
        case .lessOrEqual: return .bool(Self.isAscending(values, orEqual: true))
        case .maximum, .minimum, .add, .subtract, .multiply, .divide, .remainder:
            return Self.arithmetic(operation, values)
        case .merge: return .array(values.flatMap { $0.arrayValue ?? [$0] })
        case .contains: return .bool(Self.contains(first, in: second))
        case .concatenate: return .string(values.map(\.coercedString).joined())
        case .substring: return Self.substring(values)
        case .log: return first
        case .fractional: return Self.fractional(values, in: scope)
        case .semanticVersion: return SemanticVersion.compare(values)
        case .startsWith: return Self.bothStrings(first, second) { $0.utf8.starts(with: $1.utf8) }
        case .endsWith: return Self.bothStrings(first, second) { $0.utf8.reversed().starts(with: $1.utf8.reversed()) }
        case .condition, .ternary, .and, .or, .map, .filter, .all, .none, .some, .reduce: return .null
        }
    }

    private static func condition(_ arguments: [Expression], in scope: Scope, _ budget: inout Budget) -> JSONValue {
        var position = 0
        while position + 1 < arguments.count {
            if arguments[position].evaluate(in: scope, &budget).isTruthy {
                return arguments[position + 1].evaluate(in: scope, &budget)
            }
            position += 2
        }
        return position < arguments.count ? arguments[position].evaluate(in: scope, &budget) : .null
    }

    private static func firstDeciding(
        _ arguments: [Expression], in scope: Scope, _ budget: inout Budget, _ decides: (JSONValue) -> Bool
    ) -> JSONValue {
        var last = JSONValue.null
        for argument in arguments {
            last = argument.evaluate(in: scope, &budget)
            if decides(last) { return last }
        }
        return last
    }

    private static func iterate(
        _ operation: Operation, _ arguments: [Expression], in scope: Scope, _ budget: inout Budget
    ) -> JSONValue {
        let subject = arguments.first?.evaluate(in: scope, &budget) ?? .null
        let elements = subject.arrayValue ?? []
        let rule = arguments.count > 1 ? arguments[1] : .literal(.null)
        switch operation {
        case .map: return .array(elements.map { rule.evaluate(in: .value($0), &budget) })
        case .filter: return .array(elements.filter { rule.evaluate(in: .value($0), &budget).isTruthy })
        case .all:
            return .bool(!elements.isEmpty && elements.allSatisfy { rule.evaluate(in: .value($0), &budget).isTruthy })
        case .none: return .bool(!elements.contains { rule.evaluate(in: .value($0), &budget).isTruthy })
        case .some: return .bool(elements.contains { rule.evaluate(in: .value($0), &budget).isTruthy })
        default:
            let initial = arguments.count > 2 ? arguments[2].evaluate(in: scope, &budget) : .null
            return elements.reduce(initial) { accumulator, current in
                rule.evaluate(in: .value(.object(["current": current, "accumulator": accumulator])), &budget)
            }
        }
    }

    private static func missing(_ names: [JSONValue], in scope: Scope) -> [JSONValue] {
        names.filter { name in
            let value = Self.path(name).flatMap { scope.lookUp($0) } ?? .null
            return value == .null || value == .string("")
        }
    }

    private static func missingSome(_ needed: JSONValue, _ names: JSONValue, in scope: Scope) -> JSONValue {
        let names = names.arrayValue ?? []
        let missing = Self.missing(names, in: scope)
        let present = Double(names.count - missing.count)
        return .array(present >= needed.coercedNumber ?? 0 ? [] : missing)
    }

    private static func isAscending(_ values: [JSONValue], orEqual: Bool) -> Bool {
        guard values.count > 1 else { return false }
        let isLess = values[0].isLess(than: values[1], orEqual: orEqual)
        return values.count > 2 ? isLess && values[1].isLess(than: values[2], orEqual: orEqual) : isLess
    }

    private static func arithmetic(_ operation: Operation, _ values: [JSONValue]) -> JSONValue {
        var numbers: [Double] = []
        for value in values {
            guard let number = value.coercedNumber else { return .null }
            numbers.append(number)
        }
        switch operation {
        case .add: return .normalized(numbers.reduce(0, +))
        case .multiply: return numbers.isEmpty ? .null : .normalized(numbers.reduce(1, *))
        case .maximum: return numbers.max().map(JSONValue.normalized) ?? .null
        case .minimum: return numbers.min().map(JSONValue.normalized) ?? .null
        case .subtract where numbers.count == 1: return .normalized(-numbers[0])
        default: break
        }
        guard numbers.count > 1 else { return .null }
        switch operation {
        case .subtract: return .normalized(numbers[0] - numbers[1])
        case .divide: return .normalized(numbers[0] / numbers[1])
        default: return .normalized(numbers[0].truncatingRemainder(dividingBy: numbers[1]))
        }
    }

    private static func contains(_ needle: JSONValue, in haystack: JSONValue) -> Bool {
        switch haystack {
        case .string(let text):
            let needle = needle.coercedString
            return needle.isEmpty || text.utf8.firstRange(of: needle.utf8) != nil
        case .array(let elements): return elements.contains { $0.isIdentical(to: needle) }
        default: return false
        }
    }

    private static func substring(_ values: [JSONValue]) -> JSONValue {
        let text = Array((values.first ?? .null).coercedString)
        func clamped(_ value: JSONValue) -> Int {
            Int(max(-1_000_000_000, min(1_000_000_000, (value.coercedNumber ?? 0).rounded(.towardZero))))
        }
        let start = values.count > 1 ? clamped(values[1]) : 0
        let from = start < 0 ? max(0, text.count + start) : min(start, text.count)
        var end = text.count
        if values.count > 2, values[2] != .null {
            let length = clamped(values[2])
            end = length < 0 ? text.count + length : min(text.count, from + length)
        }
        return .string(from < end ? String(text[from..<end]) : "")
    }

    private static func bothStrings(
        _ left: JSONValue, _ right: JSONValue, _ test: (String, String) -> Bool
    ) -> JSONValue {
        guard case .string(let left) = left, case .string(let right) = right else { return .null }
        return .bool(test(left, right))
    }
}
