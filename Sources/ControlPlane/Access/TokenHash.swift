/// The SHA-256 of an access token's secret: all that is ever kept of it.
///
/// The secret is 32 random bytes, so a fast hash is enough: there is nothing to guess. For the same reason a plain
/// look-up by hash gives nothing away by its timing: who can choose the hash that is compared does not know the secret's,
/// and learning a prefix of a stored hash brings no one nearer to its preimage.
public struct TokenHash: Sendable, Hashable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A hash, or nil when `bytes` are not 32.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }
}
