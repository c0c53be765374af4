extension FlagDefinition: Hashable {
    /// Whether two definitions are the same document, and so have the same digest.
    ///
    /// Not member by member: two texts that differ in nothing but how an accent is encoded are equal as Swift strings,
    /// but a digest tells them apart, and a change that the digest shows must not be taken for none.
    public static func == (left: Self, right: Self) -> Bool {
        left.json == right.json
    }

    /// Hashes some of what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.type)
        hasher.combine(self.variants)
        hasher.combine(self.defaultVariant)
        hasher.combine(self.rollout)
    }
}
