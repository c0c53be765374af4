import FlagModel

/// Steps of changesets as a person might make them, some of which cannot be done.
enum RandomChange {
    static let keys: [FlagKey] = ["A", "B", "C", "D", "E"]

    static func next(using random: inout SeededGenerator) -> FlagChange {
        let key = Self.keys[Int.random(in: 0..<Self.keys.count, using: &random)]
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1, 2: return .put(key, Self.definition(using: &random))
        case 3: return .remove(key)
        case 4: return .enable(key)
        case 5: return .disable(key)
        case 6: return .serve(key, variant: Bool.random(using: &random) ? "on" : "off")
        case 7: return .kill(key)
        case 8:
            let share = Percentage(thousandths: UInt32.random(in: 0...100_000, using: &random)) ?? .full
            return .rollout(key, percentage: share, variant: "on")
        case 9:
            return .putSegment(
                Self.segment(using: &random), Segment(rule: ["==": [["var": "n"], .bool(.random(using: &random))]]))
        case 10: return .removeSegment(Self.segment(using: &random))
        default:
            return .revokeTickets(
                before: Timestamp(millisecondsSinceEpoch: Int64.random(in: 0...1_700_000_000_000, using: &random)))
        }
    }

    private static func segment(using random: inout SeededGenerator) -> SegmentName {
        Bool.random(using: &random) ? "staff" : "testers"
    }

    private static func definition(using random: inout SeededGenerator) -> FlagDefinition {
        let number = Double(Int.random(in: -1000...1000, using: &random)) / 8
        return FlagDefinition(
            type: .number, description: "d\(Int.random(in: 0..<100, using: &random))",
            variants: ["on": .number(number), "off": .number(0)], defaultVariant: "off",
            targeting: Bool.random(using: &random)
                ? ["if": [["in": [["var": "email"], ["a@example.com", "ü"]]], "on", .null]] : nil,
            metadata: ["team": .string("t\(Int.random(in: 0..<9, using: &random))")])
    }
}
