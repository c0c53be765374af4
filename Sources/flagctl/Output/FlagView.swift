import FlagModel

/// What flagctl shows of a definition, read leniently: a newer server may know members that this program does not.
struct FlagView: Sendable {
    /// The flag.
    let key: String
    /// The whole definition.
    let definition: JSONValue

    init(key: String, definition: JSONValue) {
        self.key = key
        self.definition = definition
    }

    /// The type, when it is one that this program knows.
    var type: FlagType? { self.definition["type"]?.stringValue.flatMap(FlagType.init(rawValue:)) }
    /// The variants by name.
    var variants: [String: JSONValue] { self.definition["variants"]?.objectValue ?? [:] }
    /// The names of the variants, sorted, as a sentence lists them.
    var variantNames: String { self.variants.keys.sorted().joined(separator: ", ") }
    /// The variant served when nothing else decides.
    var defaultVariant: String? { self.definition["defaultVariant"]?.stringValue }
    /// The variant that a kill serves.
    var safeVariant: String? { self.definition["safeVariant"]?.stringValue ?? self.defaultVariant }
    /// Whether the flag was killed.
    var isKilled: Bool { self.definition["killed"]?.boolValue ?? false }
    /// Whether the flag gives no value.
    var isDisabled: Bool { self.definition["state"]?.stringValue == FlagState.disabled.rawValue }

    /// `enabled`, `disabled` or `killed`.
    var state: String { self.isDisabled ? "disabled" : self.isKilled ? "killed" : "enabled" }

    /// What everyone gets whom no rule and no rollout serves: `off = false`.
    var serves: String {
        guard !self.isDisabled else { return "(nothing)" }
        return (self.isKilled ? self.safeVariant : self.defaultVariant).map(self.describe) ?? "(caller's default)"
    }

    /// `on to 25 %`, or nil without a rollout.
    var rollout: String? {
        guard let rollout = self.definition["rollout"], let variant = rollout["variant"]?.stringValue else {
            return nil
        }
        return "\(variant) to \(rollout["percentage"]?.canonical ?? "?") %"
    }

    /// A text member, or nil when it is empty.
    func text(_ member: String) -> String? {
        self.definition[member]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A variant with its value.
    func describe(_ variant: String) -> String {
        "\(variant) = \(self.variants[variant]?.canonical ?? "?")"
    }

    /// The cells of a row in a table of flags.
    var row: [String] {
        [
            self.key, self.text("type") ?? "", self.state, self.serves, self.rollout ?? "", self.conditions,
            self.text("owner") ?? "",
        ]
    }

    /// Whether there is a rule, and which flag is required: what the cells before do not tell everyone gets.
    private var conditions: String {
        let required = (self.definition["prerequisites"]?.arrayValue ?? []).map { $0["flag"]?.stringValue ?? "?" }
        let rule = self.definition["targeting"] == nil ? [] : ["yes"]
        let need = required.count > 1 ? ["requires \(required.count) flags"] : required.map { "requires \($0)" }
        return (rule + need).joined(separator: ", ")
    }

    /// The columns of ``row``.
    static let columns: [Table.Column] = [
        .init("FLAG"), .init("TYPE", .vanishes), .init("STATE"), .init("SERVES", .shrinks), .init("ROLLOUT"),
        .init("TARGETING", .vanishes), .init("OWNER", .vanishes),
    ]
}
