public import FlagModel

/// The snapshots of an environment as they come into force. Made by ``FlagClient/snapshots``.
///
/// The first element is the snapshot in force, as soon as there is one. Whoever is slow gets the newest and not what lay
/// between. The sequence ends when the client has stopped.
public struct SnapshotUpdates: AsyncSequence, Sendable {
    /// A snapshot.
    public typealias Element = Snapshot
    /// The sequence does not fail.
    public typealias Failure = Never

    let live: LiveState

    /// Iterates over the snapshots.
    public struct Iterator: AsyncIteratorProtocol {
        let live: LiveState
        var news: AsyncStream<Void>.Iterator
        var last: AppliedSnapshot?

        /// The next snapshot; nil when the client has stopped.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> Snapshot? {
            while await self.news.next(isolation: actor) != nil {
                guard let applied = self.live.applied, applied !== self.last else { continue }
                self.last = applied
                return applied.snapshot
            }
            return nil
        }

        /// The next snapshot; nil when the client has stopped.
        public mutating func next() async -> Snapshot? { await self.next(isolation: nil) }
    }

    /// An iterator that begins with the snapshot in force.
    public func makeAsyncIterator() -> Iterator {
        Iterator(live: self.live, news: self.live.news.subscribe().makeAsyncIterator())
    }
}
