import Synchronization

/// Something that happens once, for any number of tasks to wait for.
final class Quiet: Sendable {
    private struct State {
        var hasCome = false
        var waiting: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())

    /// It happens.
    func come() {
        let waiting = self.state.withLock { state in
            state.hasCome = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.finish() }
    }

    /// Waits for it, or until the task is cancelled.
    func wait() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let hasCome = self.state.withLock { state in
            if !state.hasCome { state.waiting.append(continuation) }
            return state.hasCome
        }
        if hasCome { return }
        for await _ in stream {}
    }
}
