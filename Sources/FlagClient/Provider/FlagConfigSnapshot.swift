import Configuration
import FlagModel

/// The flags of one moment for `ConfigReader`, their staleness included.
struct FlagConfigSnapshot: ConfigSnapshot {
    let providerName: String
    private let applied: AppliedSnapshot?
    private let silence: Int64
    private let timestamp: Int64

    /// The flags of now.
    init(_ live: LiveState, providerName: String) {
        self.providerName = providerName
        self.applied = live.applied
        self.silence = live.silence ?? .max
        self.timestamp = live.time.wall().millisecondsSinceEpoch / 1000
    }

    /// What a flag says for the key's context. Nil, so that the next provider is asked: no such flag, a disabled one, one
    /// that leaves the value to its caller, or no snapshot yet.
    ///
    /// - Throws: ``FlagTypeMismatch``.
    func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
        let name = key.components.joined(separator: ".")
        guard let flag = self.applied?.flags[name] else { return LookupResult(encodedKey: name, value: nil) }
        let flagType = flag.flag.definition.type
        guard type.canRead(flagType) else { throw FlagTypeMismatch(key: name, type: flagType, requested: type) }
        let answer =
            flag.isStale(after: self.silence)
            ? flag.whenStale : flag.flag.evaluate(EvaluationContext(key.context), timestamp: self.timestamp)
        guard let value = answer.value else { return LookupResult(encodedKey: name, value: nil) }
        guard let content = ConfigContent(value, as: type) else {
            throw FlagTypeMismatch(key: name, type: flagType, requested: type)
        }
        return LookupResult(encodedKey: name, value: ConfigValue(content, isSecret: false))
    }
}
