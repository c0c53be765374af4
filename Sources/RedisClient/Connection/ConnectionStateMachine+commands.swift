import NIOCore

extension ConnectionStateMachine {
    enum SubmitAction {
        /// Queued; whoever gets this has to see to it that ``takeWrites(now:into:isWritable:)`` is called soon.
        case scheduleWrite(id: UInt64)
        /// Queued; a write is scheduled already.
        case queued(id: UInt64)
        /// Queued until there is a connection; the timer has to be looked after.
        case waiting(id: UInt64)
        /// Answered at once: the session that was asked for.
        case answer(RedisSession)
        case reject(RedisError)
    }

    /// A caller hands in a request, from any thread.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - waiter: Who waits for the reply.
    ///   - session: The session it must be sent on, or nil for any.
    ///   - now: The time, read only if it is needed.
    mutating func submit(
        _ request: Request, waiter: Waiter, on session: RedisSession?, now: @autoclosure () -> NIODeadline
    ) -> SubmitAction {
        if let current = self.state.session {
            if let session, session !== current { return .reject(.notSent(.sessionEnded)) }
            if case .session = request { return .answer(current) }
            guard self.hasRoom(for: request) else { return .reject(.notSent(.overloaded)) }
            self.lastID += 1
            self.queue.append(request, id: self.lastID, waiter: waiter)
            guard !self.isWriteScheduled else { return .queued(id: self.lastID) }
            self.isWriteScheduled = true
            return .scheduleWrite(id: self.lastID)
        }
        if self.state.isFinal { return .reject(.notSent(.shutDown)) }
        if session != nil { return .reject(.notSent(.sessionEnded)) }
        if self.failures > 0 { return .reject(.notSent(self.lastFailure ?? .unavailable("not connected"))) }
        guard self.hasRoom(for: request) else { return .reject(.notSent(.overloaded)) }
        self.lastID += 1
        let deadline = now() + TimeAmount(self.configuration.commandDeadline)
        self.waiting.append(Waiting(id: self.lastID, request: request, waiter: waiter, deadline: deadline))
        return .waiting(id: self.lastID)
    }

    private func hasRoom(for request: Request) -> Bool {
        self.commandsInFlight + max(1, request.replyCount) <= self.configuration.maximumInFlight
    }

    /// A caller has gone. Returns it with the error to give, or nil if it has been answered.
    mutating func cancel(id: UInt64) -> Failed<Waiter>? {
        if let index = self.waiting.firstIndex(where: { $0.id == id }) {
            return Failed(waiter: self.waiting.remove(at: index).waiter, error: .notSent(.cancelled))
        }
        return self.queue.abandon(id: id, because: .cancelled)
    }

    /// The event loop is about to write: exchanges what was gathered for the empty `buffer`, and puts the deadline on it.
    ///
    /// What cannot be written yet, because the peer reads too slowly, gets its deadline all the same.
    ///
    /// - Returns: Whether `buffer` has to be written.
    mutating func takeWrites(now: NIODeadline, into buffer: inout ByteBuffer, isWritable: Bool) -> Bool {
        self.isWriteScheduled = false
        guard self.state.answering != nil else { return false }
        self.queue.mark(deadline: now + TimeAmount(self.configuration.commandDeadline))
        return isWritable && self.queue.takePending(into: &buffer)
    }

    struct TimerAction {
        var failed: [Failed<Waiter>]
        /// Close the connection: it has been silent for too long.
        var close: Bool
    }

    /// ``nextDeadline`` has come.
    mutating func timerFired(now: NIODeadline) -> TimerAction {
        var (failed, isLate) = self.queue.expire(now: now)
        if isLate, self.stallDeadline == nil {
            self.stallDeadline = now + TimeAmount(self.configuration.commandDeadline)
        }
        while let first = self.waiting.first, first.deadline <= now {
            failed.append(Failed(waiter: self.waiting.removeFirst().waiter, error: .notSent(.deadlineExceeded)))
        }
        guard let stall = self.stallDeadline, stall <= now else { return TimerAction(failed: failed, close: false) }
        self.stallDeadline = nil
        guard !self.queue.isEmpty else { return TimerAction(failed: failed, close: false) }
        let silence = RedisFailure.connectionClosed("no reply within twice the command deadline")
        failed += self.abort(because: silence)
        return TimerAction(failed: failed, close: true)
    }

    /// Asks for a probe of the connection: the greeting's commands once more, else `PING` if it is idle. True if one was
    /// queued and has to be written.
    mutating func probe() -> Bool {
        guard self.state.session != nil, !self.queue.hasProbe else { return false }
        if let commands = self.configuration.greeting?.commands, !commands.isEmpty {
            self.lastID += 1
            self.queue.append(.pipeline(commands), id: self.lastID, waiter: nil, isProbe: true)
            return true
        }
        guard self.queue.isEmpty else { return false }
        self.lastID += 1
        self.queue.append(.command(RedisCommand("PING")), id: self.lastID, waiter: nil)
        return true
    }
}
