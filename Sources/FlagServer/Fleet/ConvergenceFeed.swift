internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import NIOCore

/// How far a revision gets: at once, whenever that changes, and for the last time when there is nothing to wait for.
struct ConvergenceFeed: StreamFeed, Sendable {
    /// The least time between two reports, but for the last one.
    static let interval = TimeAmount.milliseconds(20)

    let fleet: Fleet
    let environment: EnvironmentName
    let revision: Int64

    private var sentAt: NIODeadline?
    private var sent: ConvergenceReport?

    init(fleet: Fleet, environment: EnvironmentName, revision: Int64) {
        self.fleet = fleet
        self.environment = environment
        self.revision = revision
    }

    mutating func next(at now: NIODeadline) -> StreamStep {
        if let sentAt = self.sentAt, now < sentAt + Self.interval,
            !self.fleet.isConverged(on: self.revision, in: self.environment)
        {
            return .later(sentAt + Self.interval)
        }
        let report = ConvergenceReport(
            self.fleet.convergence(on: self.revision, in: self.environment), in: self.environment)
        let isLast = report.converged || report.superseded
        guard isLast || report.progress != self.sent?.progress else { return .nothing }
        self.sentAt = now
        self.sent = report
        // It holds texts, integers and finite numbers: encoding them cannot fail.
        let data = (try? WireEncoder.encode(report)) ?? Array("{}".utf8)
        let frame = EventFrame.event("convergence", data: data)
        return isLast ? .last(frame) : .event(frame)
    }
}

extension ConvergenceReport {
    /// What is worth an event: not that a laggard was heard of again.
    fileprivate var progress: [String] {
        ["\(self.currentRevision) \(self.instances) \(self.acknowledged)"]
            + self.laggards.map { "\($0.id) \($0.state) \($0.revision) \($0.connected)" }
    }
}
