/// A rollout in flagd's language, and back.
///
/// `{"if": [<there is a value to hash>, {"fractional": [{"cat": [seed, value]}, [variant, N], [default, 100000 - N]]},
/// <what a context without it gets>]}`, with null for the default variant.
enum FlagdRollout {
    /// The rule that gives the variant of `rollout`, or null for the default variant.
    static func rule(_ rollout: Rollout, default defaultVariant: String?) -> JSONValue {
        let share = Int64(rollout.percentage.thousandths)
        let value: JSONValue = ["var": .string(rollout.by)]
        let fractional: JSONValue = [
            "fractional": [
                ["cat": [.string(rollout.seed), value]], [.string(rollout.variant), .integer(share)],
                [defaultVariant.map(JSONValue.string) ?? .null, .integer(Int64(Bucket.count) - share)],
            ]
        ]
        let otherwise: String? =
            switch rollout.percentage {
            case .full: rollout.variant
            case .zero: nil
            default: rollout.withoutKey == defaultVariant ? nil : rollout.withoutKey
            }
        return ["if": [Self.isHashable(rollout), fractional, otherwise.map(JSONValue.string) ?? .null]]
    }

    /// The rollout that ``rule(_:default:)`` says in exactly this way, or nil.
    static func read(_ rule: JSONValue, default defaultVariant: String?) -> Rollout? {
        guard let parts = rule["if"]?.arrayValue, parts.count == 3,
            let fractional = parts[1]["fractional"]?.arrayValue, fractional.count == 3,
            let key = fractional[0]["cat"]?.arrayValue, key.count == 2, let seed = key[0].stringValue,
            let by = key[1]["var"]?.stringValue,
            let included = fractional[1].arrayValue, included.count == 2, let variant = included[0].stringValue,
            let share = included[1].integerValue.flatMap({ UInt32(exactly: $0) }),
            let percentage = Percentage(thousandths: share)
        else { return nil }
        let otherwise = percentage == .full || percentage == .zero ? nil : parts[2].stringValue
        let rollout = Rollout(variant: variant, percentage: percentage, by: by, seed: seed, withoutKey: otherwise)
        return Self.rule(rollout, default: defaultVariant) == rule ? rollout : nil
    }

    /// Why a rollout cannot be said, or nil.
    static func refusal(_ rollout: Rollout) -> String? {
        guard rollout.by.isEmpty || rollout.by.contains(".") || rollout.by == "$flagd" else { return nil }
        return "its rollout hashes the attribute \"\(rollout.by.shortened())\", which flagd reads as a path; "
            + "hash an attribute whose name has no dot"
    }

    /// The rule that is true when the context has a value that a rollout hashes: a text or a number.
    ///
    /// Evaluators in languages where true equals 1 tell the two apart by reading them as versions, and some fail when they
    /// make a text of anything else, so that the question is put to operations that take every kind of value.
    private static func isHashable(_ rollout: Rollout) -> JSONValue {
        let value: JSONValue = ["var": .string(rollout.by)]
        let isThere: JSONValue
        if rollout.by == "targetingKey" {
            isThere = ["!==": [value, nil]]
        } else {
            isThere = [
                "or": [
                    ["starts_with": [value, ""]],
                    [
                        "and": [
                            ["!==": [value, nil]], ["===": [["var": .string(rollout.by + ".length")], nil]],
                            ["or": [["<": [value, 0]], [">=": [value, 0]]]],
                            [
                                "or": [
                                    ["and": [["!==": [value, true]], ["!==": [value, false]]]],
                                    ["sem_ver": [value, "=", 1]], ["sem_ver": [value, "=", 0]],
                                ]
                            ],
                        ]
                    ],
                ]
            ]
        }
        return rollout.seed.isEmpty ? ["and": [isThere, ["!==": [value, ""]]]] : isThere
    }
}
