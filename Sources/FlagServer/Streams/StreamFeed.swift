internal import NIOCore

/// Where a stream's events come from. Asked when there is news, on the connection's event loop: it answers at once.
protocol StreamFeed {
    /// What brings the client from what it was given last to what is newest.
    mutating func next(at now: NIODeadline) -> StreamStep
}

/// What a feed gives.
enum StreamStep: Sendable, Hashable {
    /// Nothing is new.
    case nothing
    /// Nothing yet; ask again then.
    case later(NIODeadline)
    /// An event.
    case event(ByteBuffer)
    /// The stream's last event.
    case last(ByteBuffer)
}
