internal import NIOCore

/// Revisions: a snapshot first, differences afterwards.
struct SnapshotFeed: StreamFeed {
    let frames: RevisionFrames
    /// What the client has; nil: nothing.
    var revision: Int64?

    mutating func next(at now: NIODeadline) -> StreamStep {
        guard let (revision, frame) = self.frames.frame(after: self.revision) else { return .nothing }
        self.revision = revision
        return .event(frame)
    }
}
