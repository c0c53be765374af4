import Synchronization

/// Opens once; tasks wait until it has.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Lets every waiter go, now and later.
    func open() {
        let waiters = self.state.withLock { state in
            state.isOpen = true
            return exchange(&state.waiters, with: [])
        }
        for waiter in waiters {
            waiter.resume()
        }
    }

    /// Returns as soon as the gate is open.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = self.state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
