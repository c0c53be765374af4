/// What deliveries are signed with. It is kept as it is, as a signature cannot be made from a digest.
public struct WebhookSecret: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// How long it may be, in bytes: 24 to 64, as Standard Webhooks has it.
    public static let lengths = 24...64

    /// The key's bytes.
    public let bytes: [UInt8]

    /// A secret; nil when it is too short or too long.
    public init?(_ bytes: [UInt8]) {
        guard Self.lengths.contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// Never the secret.
    public var description: String { "(secret)" }
    /// Never the secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
