/// Who owns a ticket, as stores compare and index it: the first 16 bytes of the SHA-256 of the user's id.
public struct SubjectDigest: Sendable, Hashable {
    /// The number of bytes.
    static let byteCount = 16

    let words: (UInt64, UInt64)

    /// The digest of a user's id.
    public init(userID: String) {
        let words = TicketKey.digest(of: userID)
        self.words = (words.0, words.1)
    }

    /// Reads ``byteCount`` bytes, or nil when there are more or fewer.
    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    /// Calls `body` with the bytes.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: self.words, body)
    }

    /// Whether two digests are the same.
    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    /// Hashes the first half.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.words.0) }
}
