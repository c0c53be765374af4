import Digest

/// What end-to-end tests show in order to be believed. Only its digest is kept.
public struct BypassSecret: Sendable {
    /// The least length, in bytes.
    public static let minimumLength = 16

    private let digest: [UInt8]

    /// The secret that `text` spells, or nil when it is shorter than ``minimumLength``.
    public init?(_ text: String) {
        guard text.utf8.count >= Self.minimumLength else { return nil }
        self.digest = SHA256.hash(text)
    }

    /// Whether `candidate` is the secret, in a time that tells nothing about it.
    func matches(_ candidate: String) -> Bool {
        ConstantTime.areEqual(self.digest, SHA256.hash(candidate))
    }
}

extension BypassSecret: CustomStringConvertible, CustomReflectable {
    /// Says that there is a secret, not which.
    public var description: String { "BypassSecret(redacted)" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
