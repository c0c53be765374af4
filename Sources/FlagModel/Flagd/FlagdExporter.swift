/// Says flags in flagd's language: what other flags are required is written out, a rollout becomes a `fractional`.
struct FlagdExporter {
    let segments: FlagdSegments
    private let content: EnvironmentContent
    private let compiledSegments: CompiledSegments

    init(_ content: EnvironmentContent) {
        self.content = content
        self.segments = FlagdSegments(content.segments)
        self.compiledSegments = CompiledSegments(content.segments)
    }

    /// The flag's definition.
    func flag(_ key: FlagKey, _ definition: FlagDefinition) throws(FlagdRefusal) -> JSONValue {
        if definition.metadata[""] != nil {
            throw FlagdRefusal(flag: key, reason: "its metadata has a member without a name")
        }
        var metadata = definition.metadata
        metadata[FlagdDocument.typeMember] = definition.flagdTypeHint
        var members: [String: JSONValue] = [
            "state": .string(definition.state.rawValue), "variants": .object(definition.variants),
            "defaultVariant": definition.defaultVariant.map(JSONValue.string) ?? .null,
        ]
        if !metadata.isEmpty { members["metadata"] = .object(metadata) }
        let isMet = definition.isAnswering ? try self.prerequisites(of: definition, flag: key, [key]) : .bool(true)
        if definition.isKilled || isMet == .bool(false) {
            members["defaultVariant"] = definition.effectiveSafeVariant.map(JSONValue.string) ?? .null
        } else if let targeting = try self.targeting(of: definition, isMet: isMet, flag: key) {
            members["targeting"] = targeting
        }
        return .object(members)
    }

    private func targeting(
        of definition: FlagDefinition, isMet: JSONValue, flag key: FlagKey
    ) throws(FlagdRefusal) -> JSONValue? {
        if let refusal = definition.rollout.flatMap(FlagdRollout.refusal) {
            throw FlagdRefusal(flag: key, reason: refusal)
        }
        let rule = definition.targeting.map(self.segments.inlined)
        var targeting = self.decision(rule, definition)
        if isMet != .bool(true) {
            let safe = definition.effectiveSafeVariant.map(JSONValue.string) ?? .null
            targeting = ["if": [isMet, targeting ?? .null, safe]]
        }
        // flagd takes nothing but an object for a rule.
        if let rule = targeting, rule.objectValue?.isEmpty != false { targeting = ["if": [true, rule]] }
        guard let targeting else { return nil }
        do throws(Issue) {
            _ = try Expression(compiling: targeting, at: "targeting", segments: .table(self.compiledSegments))
        } catch {
            throw FlagdRefusal(flag: key, reason: error.description)
        }
        return targeting
    }

    /// The rule that gives the variant which targeting or rollout choose, and null for the default variant; nil where
    /// there is neither.
    func decision(_ targeting: JSONValue?, _ definition: FlagDefinition) -> JSONValue? {
        let rollout = definition.rollout.map { FlagdRollout.rule($0, default: definition.defaultVariant) }
        guard let targeting, let rollout else { return targeting ?? rollout }
        if self.segments.result(of: targeting).hidesFromOr {
            return ["if": [["!==": [targeting, nil]], targeting, rollout]]
        }
        return ["or": [targeting, rollout]]
    }

    /// The rule that is true when every flag that is required answers what it must.
    private func prerequisites(
        of definition: FlagDefinition, flag: FlagKey, _ onTheWay: [FlagKey]
    ) throws(FlagdRefusal) -> JSONValue {
        var conditions: [JSONValue] = []
        for prerequisite in definition.prerequisites {
            let condition = try self.condition(prerequisite, flag: flag, onTheWay)
            if condition == .bool(false) { return false }
            if condition != .bool(true) { conditions.append(condition) }
        }
        if conditions.isEmpty { return true }
        return conditions.count == 1 ? conditions[0] : ["and": .array(conditions)]
    }

    private func condition(
        _ prerequisite: Prerequisite, flag: FlagKey, _ onTheWay: [FlagKey]
    ) throws(FlagdRefusal) -> JSONValue {
        guard let required = self.content.flags[prerequisite.flag], !onTheWay.contains(prerequisite.flag) else {
            throw FlagdRefusal(flag: flag, reason: "\(prerequisite.flag), which it requires, is missing or requires it")
        }
        guard required.isAnswering else { return false }
        if let refusal = required.rollout.flatMap(FlagdRollout.refusal) {
            throw FlagdRefusal(flag: flag, reason: "of \(prerequisite.flag), which it requires: \(refusal)")
        }
        let answers = try self.answers(required, prerequisite, flag: flag)
        let isMet = try self.prerequisites(of: required, flag: flag, onTheWay + [prerequisite.flag])
        let isSafe = JSONValue.bool(required.effectiveSafeVariant == prerequisite.variant)
        switch isMet {
        case .bool(true): return answers
        case .bool(false): return isSafe
        default: return answers == isSafe ? answers : ["if": [isMet, answers, isSafe]]
        }
    }

    /// The rule that is true when the required flag's own logic comes to the variant.
    private func answers(
        _ required: FlagDefinition, _ prerequisite: Prerequisite, flag: FlagKey
    ) throws(FlagdRefusal) -> JSONValue {
        let variant = JSONValue.string(prerequisite.variant)
        let fallback = required.defaultVariant.map(JSONValue.string) ?? .null
        let rollout = required.rollout.map { FlagdRollout.rule($0, default: required.defaultVariant) }
        let rest: JSONValue =
            rollout.map { ["===": [["or": [$0, fallback]], variant]] } ?? .bool(fallback == variant)
        guard let rule = required.targeting else { return rest }
        let targeting = self.segments.inlined(
            try FlagKeyPinning(key: prerequisite.flag, segments: self.segments, dependant: flag).pinned(rule))
        let result = self.segments.result(of: targeting)
        guard result.hidesFromOr else {
            return ["===": [["or": .array([targeting] + (rollout.map { [$0] } ?? []) + [fallback])], variant]]
        }
        let isTruth = prerequisite.variant == "true" || prerequisite.variant == "false"
        if result.contains(.number), isTruth || Double(prerequisite.variant) != nil {
            throw FlagdRefusal(
                flag: flag,
                reason: "the rule of \(prerequisite.flag), which it requires, may give a number, and evaluators do not "
                    + "agree on whether that is \"\(prerequisite.variant.shortened())\"; let the rule name its variants"
            )
        }
        let names: JSONValue =
            isTruth
            ? ["in": [targeting, [variant, .bool(prerequisite.variant == "true")]]] : ["===": [targeting, variant]]
        return ["if": [["!==": [targeting, nil]], names, rest]]
    }
}

extension FlagDefinition {
    /// The type, where a reader would infer another from the variants.
    var flagdTypeHint: JSONValue? {
        self.type == .number && self.variants.values.allSatisfy { $0.integerValue != nil } ? .string("number") : nil
    }
}
