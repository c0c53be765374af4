internal import HummingbirdCore
internal import Logging

/// Lets further connections wait while as many as allowed are open, and says so, once a minute at most.
struct ConnectionCap: AvailableConnectionsDelegate {
    /// The least time between two lines about the cap.
    static let quiet = Duration.seconds(60)

    /// The most connections at one time.
    let maximum: Int
    let logger: Logger

    private let now: @Sendable () -> ContinuousClock.Instant
    private var count = 0
    private var reportedAt: ContinuousClock.Instant?

    /// - Parameter now: Measures time; replaced in tests.
    init(
        maximum: Int, logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.maximum = maximum
        self.logger = logger
        self.now = now
    }

    mutating func connectionOpened() {
        self.count += 1
        guard self.count >= self.maximum else { return }
        let now = self.now()
        if let last = self.reportedAt, last.duration(to: now) < Self.quiet { return }
        self.reportedAt = now
        self.logger.critical("all \(self.maximum) connections are in use; further ones wait until one ends")
    }

    mutating func connectionClosed() {
        self.count -= 1
    }

    func isAcceptingNewConnections() -> Bool { self.count < self.maximum }
}
