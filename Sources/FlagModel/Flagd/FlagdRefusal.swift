/// A flag that cannot be said in flagd's language without answering differently there.
public struct FlagdRefusal: Error, Hashable, CustomStringConvertible {
    /// The flag.
    public let flag: FlagKey
    /// Why, and what to do about it.
    public let reason: String

    /// `flag X cannot be exported to flagd: …`.
    public var description: String { "flag \(self.flag) cannot be exported to flagd: \(self.reason)" }
}
