extension Expression {
    /// flagd's `fractional`: `[bucketBy?, [variant, weight], …]`, the algorithm of the flagd daemon ("v2").
    ///
    /// The hash of the value, scaled by the total weight, falls into one variant's share. Weights are whole numbers, 1 by
    /// default; a negative one counts as 0. Null where there is no value to hash, no weight at all, a total beyond
    /// 2^31 - 1, or a share that is not a variant and a weight.
    static func fractional(
        _ values: [JSONValue], in scope: Scope, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue {
        var shares = values[...]
        let key: String
        if case .string(let text)? = shares.first {
            key = text
            shares.removeFirst()
        } else {
            guard case .context(let context, let flagKey?, _) = scope,
                case .string(let targetingKey)? = context.attribute("targetingKey"), !targetingKey.isEmpty
            else { return .null }
            key = flagKey.text + targetingKey
        }
        guard !key.isEmpty else { return .null }
        try budget.spend(bytes: key.utf8.count)
        var weighted: [(variant: JSONValue, weight: UInt64)] = []
        for share in shares {
            guard let parts = share.arrayValue, (1...2).contains(parts.count) else { return .null }
            guard let weight = parts.count > 1 ? Self.weight(parts[1]) : 1 else { return .null }
            weighted.append((parts[0], weight))
        }
        let total = weighted.reduce(0) { $0 + $1.weight }
        guard total <= UInt64(Int32.max) else { return .null }
        var hash = Murmur3()
        hash.update(key)
        let bucket = (UInt64(hash.finalize()) &* total) >> 32
        var cumulative: UInt64 = 0
        for (variant, weight) in weighted {
            cumulative += weight
            if bucket < cumulative { return variant }
        }
        return .null
    }

    /// A weight, cut off above the greatest total that is allowed, so that thousands of them cannot overflow.
    private static func weight(_ value: JSONValue) -> UInt64? {
        value.integerValue.map { UInt64(max(0, min($0, Int64(Int32.max) + 1))) }
    }
}
