/// The contexts for which the answers before and after a change are compared.
public enum ImpactSample: Sendable, Hashable {
    /// Given ones.
    case contexts([EvaluationContext])
    /// So many users made up from what the rules look at: always the same ones for the same rules.
    ///
    /// - `targetingKey` is `user-00000`, `user-00001`, …. Where rules name targeting keys, the first users have those.
    /// - An attribute that a rollout or `fractional` hashes is different for each user in the same manner: `email-00042`.
    /// - An attribute that rules compare with constants has one of those constants, or a value that matches none of
    ///   them, each equally often and independently of the other attributes. Where the rules ask for more or less, the
    ///   numbers next to the constant are among the values; where they compare versions, a very low and a very high one.
    /// - An attribute that rules only ask to be there, or to be true, is there (or true) for some users and not for
    ///   others.
    ///
    /// Their shares are therefore those of the rules, not of a population: they show which answers change, and for a
    /// rollout how many. For the shares of real users, give a sample of real contexts.
    case synthetic(Int)

    /// The most contexts that a sample has.
    public static let maximumCount = 100_000

    /// How many contexts there are, at most ``maximumCount``.
    public var count: Int {
        switch self {
        case .contexts(let contexts): min(contexts.count, Self.maximumCount)
        case .synthetic(let count): max(0, min(count, Self.maximumCount))
        }
    }

    var isSynthetic: Bool {
        if case .synthetic = self { true } else { false }
    }
}
