internal import Digest

extension AuditEntry {
    /// The digest that the entry's members have, whatever ``digest`` says.
    public var computedDigest: String {
        let members: [String: JSONValue] = [
            "sequence": .integer(self.sequence),
            "at": .string(self.at.description),
            "actor": .string(self.actor),
            "action": .string(self.action),
            "environment": self.environment.map { .string($0.text) } ?? .null,
            "revision": self.revision.map(JSONValue.integer) ?? .null,
            "reason": .string(self.reason),
            "detail": self.detail,
            "previous": .string(self.previous),
        ]
        return Hexadecimal.encode(SHA256.hash(JSONValue.object(members).canonical))
    }
}

/// Checks an audit chain entry by entry, in order.
public struct AuditChainVerifier: Sendable {
    /// The chain is broken: an entry was changed, left out, put in or moved.
    public struct Broken: Error, Hashable, CustomStringConvertible {
        /// The sequence number of the first entry that does not fit.
        public var sequence: Int64
        /// What does not fit.
        public var description: String
    }

    /// The sequence number of the last entry that fitted; 0 at the start.
    public private(set) var lastSequence: Int64 = 0
    /// The digest of the last entry that fitted.
    public private(set) var lastDigest = AuditEntry.origin

    /// A verifier at the chain's start.
    public init() {}

    /// Checks the next entry.
    ///
    /// - Throws: ``Broken`` when it does not follow the one before, or was changed.
    public mutating func check(_ entry: AuditEntry) throws(Broken) {
        guard entry.sequence == self.lastSequence + 1 else {
            throw Broken(
                sequence: entry.sequence,
                description:
                    "entry \(entry.sequence) stands where \(self.lastSequence + 1) should: entries are missing, "
                    + "repeated or out of order")
        }
        guard entry.previous == self.lastDigest else {
            throw Broken(
                sequence: entry.sequence,
                description: "entry \(entry.sequence) does not carry the digest of the entry before it")
        }
        guard entry.digest == entry.computedDigest else {
            throw Broken(
                sequence: entry.sequence, description: "entry \(entry.sequence) was changed: its digest does not match")
        }
        self.lastSequence = entry.sequence
        self.lastDigest = entry.digest
    }
}
