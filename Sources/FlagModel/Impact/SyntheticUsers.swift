/// The users of ``ImpactSample/synthetic(_:)``, made up one at a time from what rules look at.
struct SyntheticUsers: Sendable {
    /// An attribute and the values that users have; nil: the user lacks it.
    private struct Attribute: Sendable {
        var path: [String]
        var seed: UInt64
        var values: [JSONValue?]
        /// What a user's number follows where every value counts; nil: one of the values is drawn.
        var prefix: [UInt8]?
    }

    private let names: [String]
    private let attributes: [Attribute]

    /// The users for some flags as they are in any of the contents.
    init(reading flags: [FlagKey], of contents: [EnvironmentContent]) {
        var constants = RuleConstants()
        for content in contents { constants.read(flags, in: content) }
        self.init(constants: constants)
    }

    init(constants: RuleConstants) {
        self.names = constants.values(of: ["targetingKey"]).compactMap { $0?.stringValue }
        self.attributes = constants.paths.filter { $0 != ["targetingKey"] }.map { path in
            var state = Murmur3()
            for name in path { state.update(name) }
            let isIdentifier = constants.identifiers.contains(path)
            return Attribute(
                path: path, seed: UInt64(state.finalize()) << 32,
                values: isIdentifier ? constants.values(of: path) : constants.domain(of: path),
                prefix: isIdentifier ? Array("\(path.last ?? "")-".utf8) : nil)
        }
    }

    /// The context of a user, counted from 0.
    subscript(position: Int) -> EvaluationContext {
        var context = EvaluationContext(
            targetingKey: position < self.names.count
                ? self.names[position] : Self.numbered(Self.prefix, position))
        for attribute in self.attributes {
            guard let value = Self.value(of: attribute, for: position), let name = attribute.path.first else {
                continue
            }
            Self.store(value, at: attribute.path.dropFirst(), in: &context.attributes[name])
        }
        return context
    }

    private static let prefix = Array("user-".utf8)

    private static func value(of attribute: Attribute, for position: Int) -> JSONValue? {
        guard let prefix = attribute.prefix else {
            return attribute.values[Self.draw(attribute.values.count, seed: attribute.seed, position)]
        }
        if position < attribute.values.count { return attribute.values[position] }
        return .string(Self.numbered(prefix, position))
    }

    /// A number below `count`, by SplitMix64 (Steele, Lea, Flood 2014).
    private static func draw(_ count: Int, seed: UInt64, _ position: Int) -> Int {
        var state = (seed | UInt64(position)) &* 0x9E37_79B9_7F4A_7C15
        state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
        state ^= state >> 31
        return Int(truncatingIfNeeded: state.multipliedFullWidth(by: UInt64(count)).high)
    }

    private static func numbered(_ prefix: [UInt8], _ number: Int) -> String {
        String(unsafeUninitializedCapacity: prefix.count + 5) { buffer in
            for (index, byte) in prefix.enumerated() { buffer[index] = byte }
            var rest = number
            for index in (prefix.count..<prefix.count + 5).reversed() {
                buffer[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            return prefix.count + 5
        }
    }

    private static func store(_ value: JSONValue, at path: ArraySlice<String>, in target: inout JSONValue?) {
        guard let name = path.first else {
            target = value
            return
        }
        var members = target?.objectValue ?? [:]
        Self.store(value, at: path.dropFirst(), in: &members[name])
        target = .object(members)
    }
}
