import FlagModel

/// Checks an audit chain, entry by entry as they arrive.
struct AuditCheck: Sendable {
    /// What a whole chain amounts to.
    struct Summary: Sendable, Hashable, Encodable {
        /// How many entries there are.
        var entries: Int64
        /// The digest of the last one; 64 zeros without entries.
        var lastDigest: String
    }

    private var verifier = AuditChainVerifier()
    private let anchor: String?
    private var hasAnchor: Bool

    /// A check from the chain's start.
    ///
    /// - Parameter anchor: A digest noted at an earlier time, which some entry must carry; nil: nothing was noted.
    init(anchor: String?) {
        self.anchor = anchor?.lowercased()
        self.hasAnchor = anchor == nil
    }

    /// Checks the next entries.
    ///
    /// - Throws: ``Failure`` when the chain is broken.
    mutating func check(_ entries: [AuditEntry]) throws(Failure) {
        for entry in entries {
            do {
                try self.verifier.check(entry)
            } catch {
                throw Failure(
                    .error, "audit-broken", "the audit chain is broken: \(error.description)",
                    hint: "the entries up to \(error.sequence - 1) fit; compare the rest with an earlier export")
            }
            if entry.digest == self.anchor { self.hasAnchor = true }
        }
    }

    /// What the chain amounts to.
    ///
    /// - Throws: ``Failure`` when no entry carries the anchor: the end was cut off, or all of it was written anew.
    func finish() throws(Failure) -> Summary {
        guard self.hasAnchor else {
            throw Failure(
                .error, "audit-anchor-missing",
                "the chain is whole in itself, but no entry of it carries the digest \(self.anchor ?? "")",
                hint: "entries were cut off at the end, or the whole chain was written anew")
        }
        return Summary(entries: self.verifier.lastSequence, lastDigest: self.verifier.lastDigest)
    }
}
