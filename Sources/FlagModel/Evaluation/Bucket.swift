/// Where a user falls within 0 to 99,999, the thousandths of a percent of a rollout.
///
/// This is the flagd daemon's `fractional` operation with a constant total weight of 100,000: the hash of seed and key,
/// scaled to the total by multiplication. An exported flag therefore puts every user on the same side everywhere.
public struct Bucket: Sendable, Hashable {
    /// The number of buckets.
    public static let count: UInt32 = 100_000

    /// 0 to 99,999.
    public let position: UInt32

    /// The bucket of `key` under `seed`.
    public init(seed: String, key: String) {
        self.init(seed: Self.state(seed: seed), key: key)
    }

    /// The bucket of `key`, where the seed has been hashed already.
    init(seed: Murmur3, key: String) {
        var state = seed
        state.update(key)
        self.position = UInt32((UInt64(state.finalize()) &* UInt64(Self.count)) >> 32)
    }

    static func state(seed: String) -> Murmur3 {
        var state = Murmur3()
        state.update(seed)
        return state
    }

    /// Whether a rollout at `percentage` includes this bucket.
    public func isIn(_ percentage: Percentage) -> Bool {
        self.position < percentage.thousandths
    }
}
