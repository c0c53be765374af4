public import FlagModel
public import Logging
import Synchronization

/// Issues and consumes tickets under the policy in force. Takes snapshots and answers questions; knows nothing of HTTP.
///
/// ```swift
/// let runtime = TicketRuntime(configuration, store: MemoryTicketStore(), logger: logger)
/// runtime.apply(snapshot)
/// let ticket = try await runtime.issue(for: subject, handshake: .init(origin: origin))
/// let identity = try await runtime.consume(ticket.id, handshake: .init(origin: origin))
/// let user = try await runtime.authenticate(WebSocketHandshake(uri: uri, headers: headers, clientAddress: address))
/// ```
///
/// Every refusal is a ``TicketRefusal``. When the store fails, nothing is granted.
public final class TicketRuntime: Sendable {
    /// What became of a snapshot.
    public enum Applied: Sendable, Hashable {
        /// It is in force.
        case applied
        /// It was in force already, with the same flags stale.
        case unchanged
        /// A newer revision is in force, and stays.
        case stale(current: Int64)
        /// It is another environment's.
        case otherEnvironment
    }

    /// What the runtime was made with.
    public let configuration: TicketConfiguration

    let store: any TicketStore
    let clock: TicketClock
    let logger: Logger
    let supervisor: StoreSupervisor
    let sessions: SessionLookup?
    let telemetry = TicketTelemetry()
    let tickets = TicketMint()
    let fingerprints = TicketFingerprint.Maker()
    private let policyInForce: Mutex<TicketPolicy>

    /// A runtime. Until a snapshot is applied it issues nothing and lets nobody in.
    ///
    /// - Parameters:
    ///   - configuration: What no flag can change.
    ///   - store: Where tickets are kept.
    ///   - logger: Gets failures, at critical level, and changes of the policy. No ticket and no user.
    ///   - clock: What time it is.
    public init(
        _ configuration: TicketConfiguration, store: any TicketStore,
        logger: Logger = Logger(label: "tickets") { _ in SwiftLogNoOpLogHandler() }, clock: TicketClock = .system
    ) {
        var logger = logger
        logger[metadataKey: TicketLogKey.environment] = "\(configuration.environment)"
        self.configuration = configuration
        self.store = store
        self.clock = clock
        self.logger = logger
        self.supervisor = StoreSupervisor(
            breaker: configuration.breaker, incidentInterval: configuration.incidentInterval, logger: logger,
            clock: clock)
        self.sessions = configuration.pathways.sessions.map { sessions in
            SessionLookup(
                sessions,
                supervisor: StoreSupervisor(
                    of: "session lookups", breaker: configuration.breaker,
                    incidentInterval: configuration.incidentInterval, logger: logger, clock: clock),
                now: clock.now)
        }
        self.policyInForce = Mutex(TicketPolicy(closedIn: configuration.environment))
    }

    /// The policy in force.
    public var policy: TicketPolicy { self.policyInForce.withLock { $0 } }

    /// What happened so far.
    public var statistics: TicketStatistics { self.telemetry.statistics }

    /// What was counted so far, to be reported to the control plane.
    public var counts: TelemetryCounts { self.telemetry.counts }

    /// Puts a snapshot in force, for everyone at once. A ticket that is being issued gets the terms it began with; one that
    /// is being consumed is refused if the snapshot revokes it.
    ///
    /// Never goes back: of two snapshots the one with the higher revision stays, in whatever order they come.
    ///
    /// - Parameter stale: The flags that serve their safe variant, because nothing is heard of the control plane. The
    ///   snapshot in force is applied again when these change.
    @discardableResult
    public func apply(_ snapshot: Snapshot, stale: Set<FlagKey> = []) -> Applied {
        guard snapshot.environment == self.configuration.environment else { return .otherEnvironment }
        // Parsed outside the lock, which is held by every call for the length of one assignment.
        let policy = TicketPolicy(snapshot, stale: stale)
        let (applied, former) = self.policyInForce.withLock { current -> (Applied, [TicketPolicyProblem]) in
            let isKnown = policy.revision == current.revision && policy.stale == current.stale
            if isKnown, policy.revision > 0 { return (.unchanged, []) }
            guard policy.revision >= current.revision else { return (.stale(current: current.revision), []) }
            defer { current = policy }
            return (.applied, current.problems)
        }
        guard applied == .applied else { return applied }
        self.logger.info("ticket policy in force", metadata: [TicketLogKey.revision: "\(policy.revision)"])
        for problem in policy.problems where !former.contains(problem) {
            self.logger.warning(
                "a flag of the ticket policy \(problem.message)", metadata: [TicketLogKey.flag: "\(problem.flag)"])
        }
        return applied
    }
}
