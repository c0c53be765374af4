/// Another flag's variant that a flag requires. While the other flag answers anything else, is disabled or was killed, the
/// flag serves its safe variant.
public struct Prerequisite: Sendable, Hashable {
    /// How many a flag may have.
    public static let maximumCount = 10

    /// The flag that is required.
    public var flag: FlagKey
    /// The variant that it must answer, for the same context.
    public var variant: String

    /// A prerequisite.
    public init(flag: FlagKey, variant: String) {
        self.flag = flag
        self.variant = variant
    }

    /// `{"flag": …, "variant": …}`.
    public var json: JSONValue { ["flag": .string(self.flag.text), "variant": .string(self.variant)] }
}

extension Prerequisite {
    /// The member `prerequisites` of a flag's definition.
    static func list(reading parent: inout DocumentReader) -> [Prerequisite] {
        guard let elements = parent.array("prerequisites") else { return [] }
        var list: [Prerequisite] = []
        for (position, element) in elements.enumerated() {
            var reader = DocumentReader(element, at: parent.path(of: "prerequisites") + "[\(position)]")
            let flag = reader.flagKey("flag")
            let variant = reader.require("variant", reader.variantName("variant"), "the name of a variant of that flag")
            reader.finish()
            parent.add(reader.issues)
            if let flag, let variant { list.append(Prerequisite(flag: flag, variant: variant)) }
        }
        return list
    }
}
