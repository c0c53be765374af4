/// An invariant that a content breaks.
public struct InvariantViolation: Sendable, Hashable, Codable {
    /// The invariant's name.
    public var invariant: String
    /// What it protects and what to do instead.
    public var message: String
    /// The flags concerned.
    public var flags: [FlagKey]

    /// A violation.
    public init(invariant: String, message: String, flags: [FlagKey]) {
        self.invariant = invariant
        self.message = message
        self.flags = flags
    }
}
