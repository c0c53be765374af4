public import FlagModel

/// A condition that every revision of an environment keeps.
public struct InvariantDetail: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// What it protects, and what to do instead.
    public var message: String
    /// The JSONLogic rule; truthy is kept.
    public var rule: JSONValue
    /// The flags that it reads.
    public var flags: [FlagKey]

    /// Creates the value of its parts.
    public init(name: String, message: String, rule: JSONValue, flags: [FlagKey]) {
        self.name = name
        self.message = message
        self.rule = rule
        self.flags = flags
    }
}
