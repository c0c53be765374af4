/// A condition over an environment's flags that every revision keeps: the interlocking of the signal box.
///
/// The rule is JSONLogic and reads `protected` and, for each flag, under `flags.KEY`:
///
/// - `always`: the value that everyone gets, whoever they are; null when it depends on the context, or there is none;
/// - `values`: every value that someone may get;
/// - `percentage`: the rollout's, 0 to 100, or null;
/// - `state`, `killed`, `default` (the default variant's value) and `variants`.
///
/// A flag that does not exist reads as null.
public struct Invariant: Sendable, Hashable {
    /// Its name within the environment.
    public let name: String
    /// What it protects, and what to do instead; shown when it is violated.
    public let message: String
    /// The JSONLogic rule; truthy is kept.
    public let rule: JSONValue

    private let expression: Expression

    /// Reads `{"message": …, "rule": …}`.
    ///
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(name: String, json: JSONValue, at path: String) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let message = reader.require("message", reader.string("message"), "what to tell the person who breaks it")
        let rule = reader.require("rule", reader.value("rule"), "a JSONLogic rule over the flags")
        reader.finish()
        guard reader.issues.isEmpty, let message, let rule else { throw InvalidDocument(reader.issues) }
        do {
            self.expression = try Expression(compiling: rule, at: reader.path(of: "rule"))
        } catch {
            throw InvalidDocument([error])
        }
        self.name = name
        self.message = message
        self.rule = rule
    }

    /// The invariant as JSON, without its name.
    public var json: JSONValue { ["message": .string(self.message), "rule": self.rule] }

    /// Whether two invariants are the same text.
    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.message == right.message && left.rule == right.rule
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.name)
        hasher.combine(self.rule)
    }

    /// The keys of the flags that the rule reads.
    public var flagKeys: [FlagKey] {
        let keys = self.expression.variables.compactMap { path in
            path.count > 1 && path[0] == "flags" && FlagKey.isValid(path[1]) ? FlagKey(unchecked: path[1]) : nil
        }
        return Set(keys).sorted()
    }
}

extension EnvironmentSettings {
    /// The invariants that `content` breaks, each with the flags that it reads.
    public func violations(by content: EnvironmentContent) -> [InvariantViolation] {
        guard !self.invariants.isEmpty else { return [] }
        let facts = JSONValue.object([
            "protected": .bool(self.isProtected),
            "flags": .object(
                Dictionary(
                    uniqueKeysWithValues: content.flags.map {
                        ($0.key.text, CompiledFlag(key: $0.key, definition: $0.value).facts)
                    })),
        ])
        return self.invariants.compactMap { invariant in
            invariant.isKept(by: facts)
                ? nil
                : InvariantViolation(
                    invariant: invariant.name, message: invariant.message,
                    flags: invariant.flagKeys.filter { content.flags[$0] != nil })
        }
    }
}

extension Invariant {
    fileprivate func isKept(by facts: JSONValue) -> Bool {
        self.expression.evaluate(in: .value(facts)).isTruthy
    }
}

extension CompiledFlag {
    /// What an invariant may know of a flag.
    fileprivate var facts: JSONValue {
        let definition = self.definition
        return [
            "always": self.alwaysServes ?? .null,
            "values": .array(self.reachableVariants.sorted().compactMap { definition.variants[$0] }),
            "percentage": definition.rollout?.percentage.json ?? .null,
            "state": .string(definition.state.rawValue),
            "killed": .bool(definition.isKilled),
            "default": definition.defaultVariant.flatMap { definition.variants[$0] } ?? .null,
            "variants": .object(definition.variants),
        ]
    }

    /// The variants that some context may get.
    private var reachableVariants: Set<String> {
        let definition = self.definition
        if let constant = self.constant { return Set([constant.variant].compactMap(\.self)) }
        // A rule may name any variant; what it cannot reach is not worth the risk of a wrong guess in an interlock.
        if definition.targeting != nil { return Set(definition.variants.keys) }
        return Set(
            [definition.defaultVariant, definition.rollout?.variant, definition.rollout?.withoutKey].compactMap(\.self))
    }
}
