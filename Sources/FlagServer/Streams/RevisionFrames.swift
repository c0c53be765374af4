internal import FlagModel
internal import NIOCore
internal import Synchronization

/// An environment's newest revision as bytes, made once and shared by all who are sent it: as a snapshot, and as the
/// difference to each revision that somebody has.
final class RevisionFrames: Sendable {
    /// How many revisions before the newest are kept to make differences to.
    static let baseLimit = 8

    private struct State {
        var newest: Snapshot
        /// When the newest revision was made.
        var madeAt: Timestamp
        /// What somebody may have, in the order of use.
        var bases: [Snapshot] = []
        var body: ByteBuffer?
        var snapshot: ByteBuffer?
        var change: ByteBuffer?
        /// By the revision that they lead away from.
        var deltas: [Int64: ByteBuffer] = [:]
    }

    private let state: Mutex<State>

    init(_ newest: Snapshot, madeAt: Timestamp) {
        self.state = Mutex(State(newest: newest, madeAt: madeAt))
    }

    /// The newest revision.
    var newest: Snapshot { self.state.withLock { $0.newest } }

    /// A revision is in force. One that is not newer changes nothing.
    func publish(_ snapshot: Snapshot, madeAt: Timestamp) {
        self.state.withLock { state in
            guard snapshot.revision > state.newest.revision else { return }
            let bases = [state.newest] + state.bases.prefix(Self.baseLimit - 1)
            state = State(newest: snapshot, madeAt: madeAt, bases: bases)
        }
    }

    /// Takes in a revision that a client has, so that it can be sent the difference.
    func remember(_ base: Snapshot) {
        self.state.withLock { state in
            guard base.revision < state.newest.revision,
                !state.bases.contains(where: { $0.revision == base.revision })
            else { return }
            state.bases = [base] + state.bases.prefix(Self.baseLimit - 1)
        }
    }

    /// Whether somebody who read up to `position` can go on from there, from memory. Nil: that revision is an older one.
    func isKnown(_ position: StreamPosition) -> Bool? {
        self.state.withLock { state in
            if position.revision > state.newest.revision { return false }
            let known = ([state.newest] + state.bases).first { $0.revision == position.revision }
            return known.map(position.isPlace(of:))
        }
    }

    /// The newest revision as canonical JSON.
    func body() -> (snapshot: Snapshot, bytes: ByteBuffer) {
        self.state.withLock { state in (state.newest, Self.body(&state)) }
    }

    /// What brings a client that has `revision` (nil: nothing) to the newest one; nil: it has that.
    func frame(after revision: Int64?) -> (revision: Int64, frame: ByteBuffer)? {
        self.state.withLock { state in
            let newest = state.newest
            if let revision {
                guard revision < newest.revision else { return nil }
                if let delta = state.deltas[revision] { return (newest.revision, delta) }
                if let base = state.bases.first(where: { $0.revision == revision }) {
                    let delta = EventFrame.event(
                        "delta", id: StreamPosition(newest).description,
                        data: Array(newest.delta(from: base).json.canonical.utf8))
                    state.deltas[revision] = delta
                    return (newest.revision, delta)
                }
            }
            return (newest.revision, Self.snapshot(&state))
        }
    }

    /// The event that tells OpenFeature's clients to evaluate again, if they have not done so since `revision`.
    func change(after revision: Int64) -> (revision: Int64, frame: ByteBuffer)? {
        self.state.withLock { state in
            let newest = state.newest
            guard revision < newest.revision else { return nil }
            if let change = state.change { return (newest.revision, change) }
            let data: JSONValue = [
                "type": "refetchEvaluation", "etag": .string("\"\(newest.digest)\""),
                "lastModified": .integer(state.madeAt.millisecondsSinceEpoch / 1000),
            ]
            let frame = EventFrame.event("message", id: String(newest.revision), data: Array(data.canonical.utf8))
            state.change = frame
            return (newest.revision, frame)
        }
    }

    private static func snapshot(_ state: inout State) -> ByteBuffer {
        if let frame = state.snapshot { return frame }
        let frame = EventFrame.event(
            "snapshot", id: StreamPosition(state.newest).description, data: Self.body(&state).readableBytesView)
        state.snapshot = frame
        return frame
    }

    private static func body(_ state: inout State) -> ByteBuffer {
        if let body = state.body { return body }
        let body = ByteBuffer(string: state.newest.canonical)
        state.body = body
        return body
    }
}
