import FlagModel

/// The place in an environment's history from which a stream goes on: the `id` of its events and `Last-Event-ID`.
struct StreamPosition: Sendable, Hashable, CustomStringConvertible {
    /// The revision that was applied last.
    var revision: Int64
    /// Its digest.
    var digest: String

    /// The place that a snapshot is at.
    init(_ snapshot: Snapshot) {
        self.revision = snapshot.revision
        self.digest = snapshot.digest
    }

    /// `<revision>-<the digest's first 16 digits>`.
    var description: String { "\(self.revision)-\(self.digest.prefix(16))" }
}
