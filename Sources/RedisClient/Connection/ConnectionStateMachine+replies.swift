extension ConnectionStateMachine {
    enum ReceiveAction {
        case none
        /// Deliver to the callers, then close the connection if `close` is set. If the greeting was answered again, evaluate
        /// it, and call ``outdated()`` unless it says what it said at first.
        case deliver(
            [Delivery<Waiter>], RedisSession, failed: [Failed<Waiter>], close: Bool, greeting: [RedisValue]? = nil)
        /// The handshake is done: evaluate the greeting and report with ``greeted(_:)`` or ``refused(_:)``.
        case greet([RedisValue])
        /// Close the connection.
        case close(failed: [Failed<Waiter>])
    }

    /// Replies have arrived, in one read.
    mutating func received(_ replies: [RedisValue]) -> ReceiveAction {
        if let session = self.state.answering { return self.deliver(replies, session: session) }
        return switch self.state.receive(replies) {
        case .complete(let greeting): .greet(greeting)
        case .refused(let reason): .close(failed: self.refused(reason))
        case .waiting, nil: .none
        }
    }

    /// The bytes received are not replies, or break a limit. The socket has to be closed.
    mutating func unreadable(_ error: ReplyParserError) -> [Failed<Waiter>] {
        let failure = "\(error)"
        return self.state.answering == nil ? self.refused(failure) : self.abort(because: .connectionClosed(failure))
    }

    /// The greeting's commands found out something else than at first: the connection takes no more commands, and is
    /// replaced after the replies that are due. True if there are none: close it.
    mutating func outdated() -> Bool {
        self.state.becomeStale()
        guard self.state.isDraining, self.queue.isEmpty else { return false }
        self.state.beginClosing(.connectionClosed("the server is not what it was"))
        return true
    }

    private mutating func deliver(_ replies: [RedisValue], session: RedisSession) -> ReceiveAction {
        self.stallDeadline = nil
        var deliveries: [Delivery<Waiter>] = []
        deliveries.reserveCapacity(replies.count)
        for reply in replies {
            guard self.queue.receive(reply, into: &deliveries) else {
                let failed = self.abort(because: .connectionClosed("a reply to no command"))
                return .deliver(deliveries, session, failed: failed, close: true)
            }
            // The server has become a replica since the greeting.
            if case .error(let error) = reply, error.code == "READONLY" { self.state.becomeStale() }
        }
        guard self.state.isDraining, self.queue.isEmpty else {
            return .deliver(deliveries, session, failed: [], close: false, greeting: self.queue.takeProbeReplies())
        }
        self.state.beginClosing(.connectionClosed("drained"))
        return .deliver(deliveries, session, failed: [], close: true)
    }
}
