import Synchronization

/// Wakes those who wait for something new. It does not say what: whoever is woken looks, so that a slow one misses the
/// steps between and never the last.
final class NewsBoard: Sendable {
    private struct State {
        var last = 0
        var hasEnded = false
        var readers: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Mutex(State())

    /// A stream with an element at once, and another after each piece of news, at most one waiting.
    func subscribe() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        let id: Int? = self.state.withLock { state in
            guard !state.hasEnded else { return nil }
            state.last += 1
            state.readers[state.last] = continuation
            return state.last
        }
        if let id {
            continuation.onTermination = { [weak self] _ in
                self?.state.withLock { _ = $0.readers.removeValue(forKey: id) }
            }
        } else {
            continuation.finish()
        }
        return stream
    }

    /// Wakes everyone.
    func post() {
        for reader in self.state.withLock({ Array($0.readers.values) }) { reader.yield() }
    }

    /// Lets everyone go.
    func end() {
        let readers = self.state.withLock { state in
            state.hasEnded = true
            return Array(state.readers.values)
        }
        for reader in readers { reader.finish() }
    }
}
