internal import NIOCore

/// That there is a new revision, for OpenFeature's clients, which then evaluate again.
struct ChangeFeed: StreamFeed {
    let frames: RevisionFrames
    /// What the client has heard of.
    var revision: Int64

    mutating func next(at now: NIODeadline) -> StreamStep {
        guard let (revision, frame) = self.frames.change(after: self.revision) else { return .nothing }
        self.revision = revision
        return .event(frame)
    }
}
