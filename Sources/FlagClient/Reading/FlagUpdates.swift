import FlagModel

/// What a flag answers for one context: now, and again whenever the flag is changed. Made by
/// ``FlagClient/updates(of:default:context:)``.
///
/// The first element comes at once. After it comes one for each change of the flag itself (its definition, its coming and
/// going, the moment from which its `onStale` has it serve the safe variant), and none for changes of other flags. Whoever
/// is slow gets the newest and not what lay between. The sequence ends when the client has stopped.
public struct FlagUpdates<Value: FlagValue>: AsyncSequence, Sendable {
    /// What the flag answers.
    public typealias Element = FlagDetails<Value>
    /// The sequence does not fail.
    public typealias Failure = Never

    let sightings: FlagSightings
    let fallback: Value
    let context: EvaluationContext

    /// Iterates over the answers.
    public struct Iterator: AsyncIteratorProtocol {
        let updates: FlagUpdates
        var sightings: FlagSightings.Iterator

        /// The next answer; nil when the client has stopped.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> FlagDetails<Value>? {
            guard await self.sightings.next(isolation: actor) != nil else { return nil }
            let origin = self.updates.sightings
            return origin.live.details(origin.key, default: self.updates.fallback, context: self.updates.context)
        }

        /// The next answer; nil when the client has stopped.
        public mutating func next() async -> FlagDetails<Value>? { await self.next(isolation: nil) }
    }

    /// An iterator that begins with what the flag answers now.
    public func makeAsyncIterator() -> Iterator {
        Iterator(updates: self, sightings: self.sightings.makeAsyncIterator())
    }
}
