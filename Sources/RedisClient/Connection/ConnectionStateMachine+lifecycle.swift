import NIOCore

extension ConnectionStateMachine {
    /// The socket is open. Returns the handshake's bytes, or nil if the connection is not wanted any more: close it.
    mutating func opened() -> [UInt8]? {
        let handshake = Handshake(self.configuration)
        let bytes = handshake.bytes
        return self.state.open(handshake) ? bytes : nil
    }

    struct ReadyAction {
        /// Callers who only wanted to know the session.
        var deliveries: [Delivery<Waiter>] = []
        /// Whether commands that waited for the connection have to be written.
        var write = false
    }

    /// The owner accepts the server that greeted: commands are served from now on. Nil if it is not wanted any more.
    mutating func greeted(_ session: RedisSession) -> ReadyAction? {
        guard self.state.becomeReady(session) else { return nil }
        self.failures = 0
        self.lastFailure = nil
        var action = ReadyAction()
        while let first = self.waiting.popFirst() {
            if case .session = first.request {
                action.deliveries.append(Delivery(waiter: first.waiter, value: .null))
            } else {
                self.queue.append(first.request, id: first.id, waiter: first.waiter)
                action.write = true
            }
        }
        return action
    }

    /// The attempt failed before the connection served anyone: refused, not understood, or too slow. The socket has to
    /// be closed; callers that wait for a connection are failed when it has ended.
    mutating func refused(_ reason: String) -> [Failed<Waiter>] {
        self.abort(because: .unavailable(reason))
    }

    enum EndAction {
        /// Try again after this wait. The callers to fail go with it.
        case reconnect(after: Duration, because: RedisFailure, failed: [Failed<Waiter>])
        /// It is over.
        case finish(failed: [Failed<Waiter>])
        case none
    }

    /// The socket is closed, or could not be opened.
    ///
    /// - Parameters:
    ///   - cause: What is known about it. What made this side close the connection has precedence.
    ///   - fraction: The draw for the back-off, from 0 up to 1.
    mutating func ended(_ cause: String, fraction: Double) -> EndAction {
        self.stallDeadline = nil
        switch self.state.end(cause) {
        case .none:
            return .none
        case .unreachable(let failure):
            self.lastFailure = failure
            let delay = self.configuration.backoff.delay(failures: self.failures, fraction: fraction)
            self.failures += 1
            let failed = self.queue.failAll(failure) + self.failWaiting(failure)
            return .reconnect(after: delay, because: failure, failed: failed)
        case .lost(let failure):
            self.lastFailure = failure
            let delay = self.configuration.backoff.delay(failures: 0, fraction: fraction)
            return .reconnect(after: delay, because: failure, failed: self.queue.failAll(failure))
        case .final(let failure):
            return .finish(failed: self.queue.failAll(failure) + self.failWaiting(.shutDown))
        }
    }

    enum ShutdownAction {
        /// Nothing is open: it is over.
        case finish(failed: [Failed<Waiter>])
        /// Close the socket; its end is the end. If it is still being opened, wait for that.
        case close(failed: [Failed<Waiter>])
        /// Wait for the last replies, at most ``RedisConfiguration/drainTimeout``, then call ``drainTimedOut()``.
        case drain(failed: [Failed<Waiter>])
        /// Callers that waited for a connection have to be told.
        case none(failed: [Failed<Waiter>])
    }

    /// The owner wants no more commands to be taken.
    mutating func shutDown() -> ShutdownAction {
        let failed = self.failWaiting(.shutDown)
        return switch self.state.shutDown(hasCommands: !self.queue.isEmpty) {
        case .finish: .finish(failed: failed)
        case .close: .close(failed: failed)
        case .drain: .drain(failed: failed)
        case .none: .none(failed: failed)
        }
    }

    /// The last replies did not come in time: fails their commands. The socket has to be closed.
    mutating func drainTimedOut() -> [Failed<Waiter>] {
        self.state.isDraining ? self.abort(because: .shutDown) : []
    }

    /// This side closes the socket: fails the commands of the connection.
    mutating func abort(because failure: RedisFailure) -> [Failed<Waiter>] {
        self.state.beginClosing(failure)
        return self.queue.failAll(failure)
    }

    private mutating func failWaiting(_ failure: RedisFailure) -> [Failed<Waiter>] {
        let failed = self.waiting.map { Failed(waiter: $0.waiter, error: .notSent(failure)) }
        self.waiting.removeAll()
        return failed
    }
}
