public import Configuration
public import FlagModel

/// A flag was read through `ConfigReader` as a type that it cannot have.
public struct FlagTypeMismatch: Error, Sendable, Hashable, CustomStringConvertible {
    /// The flag's key.
    public let key: String
    /// The flag's type.
    public let type: FlagType
    /// What was asked for.
    public let requested: ConfigType

    /// What happened, and what to do.
    public var description: String {
        "the flag \(self.key) is \(self.type.phrase) and cannot be read as \(self.requested.rawValue)"
    }
}
