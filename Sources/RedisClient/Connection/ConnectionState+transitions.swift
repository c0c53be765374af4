extension ConnectionState {
    /// The owner wants the connection. True if an attempt to connect has to be made.
    mutating func start() -> Bool {
        switch consume self {
        case .idle:
            self = .connecting
            return true
        case let other:
            self = other
            return false
        }
    }

    /// The back-off is over. True if an attempt to connect has to be made.
    mutating func retry() -> Bool {
        switch consume self {
        case .backingOff:
            self = .connecting
            return true
        case let other:
            self = other
            return false
        }
    }

    /// The socket is open. False if the connection is not wanted any more.
    mutating func open(_ handshake: consuming Handshake) -> Bool {
        switch consume self {
        case .connecting:
            self = .handshaking(handshake)
            return true
        case let other:
            self = other
            return false
        }
    }

    /// Replies to the handshake have arrived. Nil in a state in which there is none under way.
    mutating func receive(_ replies: [RedisValue]) -> Handshake.Progress? {
        switch consume self {
        case .handshaking(var handshake):
            let progress = handshake.receive(replies)
            self = .handshaking(handshake)
            return progress
        case .connecting:
            self = .connecting
            return .refused("the server spoke before it was spoken to")
        case let other:
            self = other
            return nil
        }
    }

    /// The owner accepts the server. False if the connection is not wanted any more.
    mutating func becomeReady(_ session: RedisSession) -> Bool {
        switch consume self {
        case .handshaking:
            self = .ready(session)
            return true
        case let other:
            self = other
            return false
        }
    }

    /// What the greeting found out holds no longer: this connection is replaced when its replies have arrived.
    mutating func becomeStale() {
        switch consume self {
        case .ready(let session): self = .draining(session, isFinal: false)
        case let other: self = other
        }
    }

    /// This side closes the socket. The first reason is kept.
    mutating func beginClosing(_ failure: RedisFailure) {
        switch consume self {
        case .connecting: self = .closing(failure, isFinal: false)
        case .handshaking: self = .closing(failure, isFinal: false)
        case .ready: self = .closing(failure, isFinal: false)
        case .draining(_, let isFinal): self = .closing(failure, isFinal: isFinal)
        case let other: self = other
        }
    }

    /// What the end of a socket means.
    enum End: Hashable {
        /// Nothing: there was none.
        case none
        /// An attempt to connect failed; try again.
        case unreachable(RedisFailure)
        /// A connection that served commands is gone; try again.
        case lost(RedisFailure)
        /// It is over, as the owner wanted.
        case final(RedisFailure)
    }

    /// The socket is closed, or could not be opened.
    mutating func end(_ cause: String) -> End {
        switch consume self {
        case .connecting:
            self = .backingOff
            return .unreachable(.unavailable(cause))
        case .handshaking:
            self = .backingOff
            return .unreachable(.unavailable(cause))
        case .ready:
            self = .backingOff
            return .lost(.connectionClosed(cause))
        case .draining(_, isFinal: false):
            self = .backingOff
            return .lost(.connectionClosed(cause))
        case .closing(let failure, isFinal: false):
            self = .backingOff
            if case .unavailable = failure { return .unreachable(failure) }
            return .lost(failure)
        case .draining(_, isFinal: true):
            self = .closed
            return .final(.connectionClosed(cause))
        case .closing(let failure, isFinal: true):
            self = .closed
            return .final(failure)
        case let other:
            self = other
            return .none
        }
    }

    /// What the owner's wish to end demands.
    enum ShutDown: Hashable {
        /// Nothing is open: it is over.
        case finish
        /// Close the socket, or wait for the attempt to end.
        case close
        /// Wait for the last replies.
        case drain
        /// It is under way already.
        case none
    }

    /// The owner wants no more commands to be taken.
    mutating func shutDown(hasCommands: Bool) -> ShutDown {
        switch consume self {
        case .idle:
            self = .closed
            return .finish
        case .backingOff:
            self = .closed
            return .finish
        case .connecting:
            self = .closing(.shutDown, isFinal: true)
            return .close
        case .handshaking:
            self = .closing(.shutDown, isFinal: true)
            return .close
        case .ready(let session):
            self = hasCommands ? .draining(session, isFinal: true) : .closing(.shutDown, isFinal: true)
            return hasCommands ? .drain : .close
        case .draining(let session, isFinal: false):
            self = .draining(session, isFinal: true)
            return .drain
        case .closing(let failure, isFinal: false):
            self = .closing(failure, isFinal: true)
            return .none
        case let other:
            self = other
            return .none
        }
    }
}
