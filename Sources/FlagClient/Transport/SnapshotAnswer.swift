/// The answer to a poll.
enum SnapshotAnswer: Sendable {
    /// There is nothing newer than what the entity tag names.
    case notModified
    /// A snapshot's JSON, and the entity tag that names it.
    case snapshot([UInt8], etag: String?)
}
