import Digest

/// Under what a store keeps a ticket: the SHA-256 of its text. Whoever reads the store learns no ticket from it.
public struct TicketKey: Sendable, Hashable {
    /// The digest's 32 bytes, in memory order.
    let words: (UInt64, UInt64, UInt64, UInt64)

    /// The key of a ticket.
    public init(_ ticket: PresentedTicket) {
        self.words = Self.digest(of: ticket.text)
    }

    /// Calls `body` with the digest's 32 bytes.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: self.words, body)
    }

    /// SHA-256 of a text's UTF-8 without allocating.
    static func digest(of text: String) -> (UInt64, UInt64, UInt64, UInt64) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { output in
            var text = text
            text.withUTF8 { SHA256.hash(of: UnsafeRawBufferPointer($0), into: output) }
        }
        return words
    }

    /// Whether two keys are the same.
    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    /// Hashes a quarter of the digest, which is as good as all of it.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.words.0) }
}
