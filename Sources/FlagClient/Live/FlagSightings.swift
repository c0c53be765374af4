/// The sightings of one flag: the present one at once, and then each that differs from the one before. Whoever is slow
/// misses what lies between, never the last.
struct FlagSightings: AsyncSequence, Sendable {
    typealias Element = FlagSighting
    typealias Failure = Never

    let key: String
    let live: LiveState

    /// Looks whenever there is news.
    struct Iterator: AsyncIteratorProtocol {
        let key: String
        let live: LiveState
        var news: AsyncStream<Void>.Iterator
        var last: FlagSighting?

        /// The next sighting; nil when the client has stopped.
        mutating func next(isolation actor: isolated (any Actor)?) async -> FlagSighting? {
            while await self.news.next(isolation: actor) != nil {
                let sighting = FlagSighting(of: self.key, in: self.live)
                if sighting == self.last { continue }
                self.last = sighting
                return sighting
            }
            return nil
        }

        /// The next sighting; nil when the client has stopped.
        mutating func next() async -> FlagSighting? { await self.next(isolation: nil) }
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(key: self.key, live: self.live, news: self.live.news.subscribe().makeAsyncIterator())
    }
}
