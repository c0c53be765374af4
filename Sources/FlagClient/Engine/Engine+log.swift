import FlagAPI
import FlagModel
import Logging
import Synchronization

extension Engine {
    /// Whether the end has come, and nothing new is begun.
    var isStopped: Bool { self.machine.state == .stopped }

    /// Says that a stream or a poll failed: once for each cause, until it works again.
    func complain(_ failure: TransportFailure) {
        self.status.withLock { status in
            status.problem = failure.description
            status.counts.failures += 1
        }
        self.live.note { $0.hasFailed = true }
        let isNew = self.complaint != failure.kind
        self.complaint = failure.kind
        var metadata = failure.metadata
        metadata[FlagClientLogKey.reason] = "\(failure)"
        guard isNew else {
            self.logger.debug("the control plane still does not serve this instance", metadata: metadata)
            return
        }
        switch failure {
        case .refused(let refusal) where refusal.isFinal:
            self.logger.error("the control plane refuses this instance", metadata: metadata)
        default: self.logger.warning("the control plane does not serve this instance", metadata: metadata)
        }
    }

    /// Writes the connection's state into the status, and the changes that operators care for into the log.
    func noteConnection(after event: ConnectionMachine.Event) {
        let connection = self.machine.connection
        let previous = self.status.withLock { status in
            defer { status.connection = connection }
            if connection == .streaming, status.connection != .streaming { status.counts.streams += 1 }
            return status.connection
        }
        guard connection != previous else { return }
        // The machine gives a silent stream up by itself, so nothing else has told of it.
        switch event {
        case .tick, .heard: if connection == .backingOff || connection == .polling { self.complain(.timedOut) }
        default: break
        }
        switch connection {
        case .polling:
            self.logger.warning("event streams do not get through; polling instead. Does a proxy cut or buffer them?")
        case .streaming where previous == .polling:
            self.logger.notice("an event stream gets through again")
        default: self.logger.debug("flag client is \(connection.rawValue)")
        }
    }
}

extension TransportFailure {
    /// What tells one cause from another, without what changes from one time to the next.
    var kind: String {
        switch self {
        case .unreachable: "unreachable"
        case .cut: "cut"
        case .timedOut: "timed-out"
        case .unusable: "unusable"
        case .refused(let refusal): "refused-\(refusal.status)-\(refusal.problem ?? "")"
        }
    }

    /// What an operator may search for.
    var metadata: Logger.Metadata {
        guard case .refused(let refusal) = self else { return [:] }
        var metadata: Logger.Metadata = [FlagClientLogKey.status: "\(refusal.status)"]
        if let problem = refusal.problem { metadata[FlagClientLogKey.problem] = "\(problem)" }
        return metadata
    }
}
