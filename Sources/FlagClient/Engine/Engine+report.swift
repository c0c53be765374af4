import FlagAPI
import FlagModel
import Logging
import Synchronization

extension Engine {
    /// Reports what is in force: now, or as soon as the report that is on its way has arrived.
    func reportNow() {
        if self.reports.request() { self.sendReport() }
    }

    /// Sends a report.
    func sendReport() {
        guard !self.isStopped else { return }
        let report = self.report(leaving: false)
        self.start {
            guard let controlPlane = await self.controlPlane else { return }
            let answer = await withLimit(self.configuration.timings.requestTimeout, time: self.live.time) {
                () async throws(TransportFailure) -> InstanceAcknowledgement in
                try await controlPlane.report(report)
            }
            await self.reported(answer)
        }
    }

    /// Tells the control plane not to wait for this instance any more.
    func sayGoodbye() async {
        let isKnown = self.live.readiness.isConfirmed || self.status.withLock { $0.counts.reports > 0 }
        guard isKnown, let controlPlane = self.controlPlane else { return }
        let report = self.report(leaving: true)
        let answer = await withLimit(self.configuration.timings.goodbyeTimeout, time: self.live.time) {
            () async throws(TransportFailure) -> InstanceAcknowledgement in
            try await controlPlane.report(report)
        }
        if case .failure(let failure) = answer {
            self.logger.info(
                "the control plane did not hear that this instance leaves",
                metadata: [FlagClientLogKey.reason: "\(failure)"])
        }
    }

    private func report(leaving: Bool) -> InstanceReport {
        let snapshot = self.live.applied?.snapshot
        let instance = self.configuration.instance
        let source = self.status.withLock { $0.source }
        return InstanceReport(
            name: instance.name, version: instance.version, labels: instance.labels.isEmpty ? nil : instance.labels,
            revision: snapshot?.revision ?? 0, digest: snapshot?.digest, source: source ?? .stream,
            leaving: leaving ? true : nil, telemetry: self.telemetryReport())
    }

    private func reported(_ answer: Result<InstanceAcknowledgement, TransportFailure>) {
        guard !self.isStopped else { return }
        let goesOn: Bool
        switch answer {
        case .success(let acknowledgement):
            self.live.heard()
            if self.staleStage > 0 { self.checkStaleness() }
            self.status.withLock { status in
                status.instanceState = acknowledgement.state
                status.counts.reports += 1
            }
            self.complaints["report"] = nil
            self.telemetryInterval = .seconds(min(max(acknowledgement.telemetryEverySeconds ?? 1, 1), 3600))
            self.isAnonymous = false
            self.confirm(acknowledgement)
            goesOn = self.reports.answered(
                reportWithin: .seconds(acknowledgement.reportWithinSeconds), at: self.time.now())
        case .failure(let failure):
            self.status.withLock { $0.counts.reportFailures += 1 }
            self.complain(ofReport: failure)
            let isFinal = if case .refused(let refusal) = failure { refusal.isFinal } else { false }
            goesOn = self.reports.failed(isFinal: isFinal, at: self.time.now())
        }
        if goesOn { self.sendReport() }
        self.arm()
    }

    /// The answer to a report says what is in force: for a client that went on from what it had, and was sent nothing as
    /// there is nothing newer, the first to say so.
    private func confirm(_ acknowledgement: InstanceAcknowledgement) {
        guard acknowledgement.state == .current,
            acknowledgement.revision == self.live.applied?.snapshot.revision
        else { return }
        switch self.machine.state {
        case .streaming(let stream):
            self.confirm(by: .stream)
            self.handle(.delivered(stream.id))
        case .polling: self.confirm(by: .polling)
        case .idle, .connecting, .backingOff, .stopped: break
        }
    }

    private func complain(ofReport failure: TransportFailure) {
        let isNew = self.complaints.updateValue(failure.kind, forKey: "report") != failure.kind
        var metadata = failure.metadata
        metadata[FlagClientLogKey.reason] = "\(failure)"
        switch failure {
        case .refused(let refusal) where refusal.problem == Refusal.instanceIDTaken:
            let message: Logger.Message =
                "another process reports under this instance's id, so the fleet shows one of the two; give each an id of its own"
            self.logger.log(level: isNew ? .error : .debug, message, metadata: metadata)
        case .refused:
            self.logger.log(
                level: isNew ? .error : .debug, "the control plane refuses this instance's reports", metadata: metadata)
        default:
            // Flags are read on; whether the control plane can be reached is told of the stream.
            self.logger.debug("a report did not arrive", metadata: metadata)
        }
    }
}
