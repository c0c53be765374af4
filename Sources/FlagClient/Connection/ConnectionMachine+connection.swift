extension ConnectionMachine {
    /// The state in the words of the client's status.
    var connection: FlagClientStatus.Connection {
        switch self.state {
        case .idle: .idle
        case .connecting(let stream): stream.isFull ? .resyncing : .connecting
        case .streaming(let stream): stream.isFull && self.needsWhole ? .resyncing : .streaming
        case .backingOff: .backingOff
        case .polling: .polling
        case .stopped: .stopped
        }
    }
}
