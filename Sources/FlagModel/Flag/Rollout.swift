/// Serves one variant to a share of the users, chosen by a hash that never changes its mind.
public struct Rollout: Sendable, Hashable {
    /// The variant that the users in the rollout get.
    public var variant: String
    /// The share of users in the rollout.
    public var percentage: Percentage
    /// The context attribute that is hashed; `targetingKey` unless said otherwise.
    public var by: String
    /// What is hashed before the attribute's value. Stored, so that renaming the flag or starting over reshuffles nobody.
    public var seed: String
    /// The variant for a context without the attribute while the share is strictly between 0 and 100 %; nil: the flag's
    /// default variant.
    public var withoutKey: String?

    /// A rollout by targeting key.
    public init(
        variant: String, percentage: Percentage, by: String = "targetingKey", seed: String, withoutKey: String? = nil
    ) {
        self.variant = variant
        self.percentage = percentage
        self.by = by
        self.seed = seed
        self.withoutKey = withoutKey
    }
}
