/// What was waited for did not happen.
public struct NeverHappened: Error, CustomStringConvertible {
    /// What, where, and how long it was waited for.
    public let description: String
}
