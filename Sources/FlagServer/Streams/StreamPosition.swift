internal import FlagModel

/// The place in an environment's history up to which a stream was read: the `id` of its events.
struct StreamPosition: Sendable, Hashable, CustomStringConvertible {
    /// How much of the digest stands in it, in hexadecimal digits.
    static let digestLength = 16

    /// The revision that was sent last.
    let revision: Int64
    /// The beginning of its digest.
    let digestPrefix: String

    /// The place of a snapshot.
    init(_ snapshot: Snapshot) {
        self.revision = snapshot.revision
        self.digestPrefix = String(snapshot.digest.prefix(Self.digestLength))
    }

    /// Reads `<revision>-<16 hexadecimal digits>`; nil when it has another form.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let revision = Int64(parts[0]), revision >= 0, String(revision) == parts[0],
            parts[1].utf8.count == Self.digestLength, parts[1].utf8.allSatisfy(\.isLowerCaseHexadecimal)
        else { return nil }
        self.revision = revision
        self.digestPrefix = String(parts[1])
    }

    /// Whether it is the place of `snapshot`.
    func isPlace(of snapshot: Snapshot) -> Bool { self == StreamPosition(snapshot) }

    var description: String { "\(self.revision)-\(self.digestPrefix)" }
}

extension UInt8 {
    fileprivate var isLowerCaseHexadecimal: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}
