extension Expression {
    /// flagd's `fractional`: `[bucketBy?, [variant, weight], …]`, the algorithm of the flagd daemon ("v2").
    ///
    /// The hash of the value, scaled by the total weight, falls into one variant's share. Null where there is no value to
    /// hash or no weight at all.
    static func fractional(_ values: [JSONValue], in scope: Scope) -> JSONValue {
        var shares = values[...]
        let key: String
        if let first = shares.first, first.arrayValue == nil {
            guard case .string(let text) = first else { return .null }
            key = text
            shares.removeFirst()
        } else {
            guard case .context(let context, let flagKey?, _) = scope, let targetingKey = context.targetingKey else {
                return .null
            }
            key = flagKey.text + targetingKey
        }
        var weighted: [(variant: JSONValue, weight: UInt64)] = []
        for share in shares {
            let parts = share.arrayValue ?? [share]
            guard let variant = parts.first else { return .null }
            let weight = parts.count > 1 ? parts[1].coercedNumber ?? 0 : 1
            weighted.append((variant, UInt64(max(0, min(weight, Double(Int32.max))))))
        }
        let total = weighted.reduce(0) { $0 + $1.weight }
        guard total > 0, total <= UInt64(Int32.max) else { return .null }
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
}
