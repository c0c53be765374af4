public import FlagModel

/// What a snapshot says about tickets, parsed once: nothing about it can fail, block or be missing afterwards.
///
/// A flag that is missing, disabled, of another type or out of its bounds takes the safe variant that it declares, else
/// the built-in one: tickets off, 30 seconds, no fallback, bound to the origin, single use only, `fenced`, every legacy
/// pathway off. The bypass of end-to-end tests is off then, whatever it declares. ``problems`` lists each such flag.
public final class TicketPolicy: Sendable {
    /// The environment.
    public let environment: EnvironmentName
    /// The snapshot's revision; 0 before there was a snapshot.
    public let revision: Int64
    /// Whether it was parsed from a snapshot. Until one is, nobody is let in: what was revoked is not known.
    let isFromSnapshot: Bool
    /// Tickets issued before this moment are refused; nil: none are.
    public let ticketsNotBefore: Timestamp?
    /// Tickets issued under a lower revision than this are refused; 0: none are.
    public let ticketsNotBeforeRevision: Int64
    /// What keeps flags from deciding, in the order of ``TicketFlags/all``.
    public let problems: [TicketPolicyProblem]

    let stale: Set<FlagKey>
    let tickets: FlagSetting<Bool>
    let ttl: FlagSetting<TicketTTL>
    let fallback: FlagSetting<Bool>
    let binding: FlagSetting<TicketBinding>
    let multiUse: FlagSetting<Bool>
    let failoverSetting: FlagSetting<TicketFailover>
    let legacy: [Pathway: FlagSetting<Bool>]

    /// The built-in policy, for as long as there is no snapshot.
    public init(closedIn environment: EnvironmentName) {
        self.environment = environment
        self.revision = 0
        self.isFromSnapshot = false
        self.stale = []
        self.ticketsNotBefore = nil
        self.ticketsNotBeforeRevision = 0
        self.problems = TicketFlags.all.map { .init(flag: $0, message: "is unknown: no snapshot was applied yet") }
        self.tickets = FlagSetting(builtIn: false)
        self.ttl = FlagSetting(builtIn: .builtIn)
        self.fallback = FlagSetting(builtIn: false)
        self.binding = FlagSetting(builtIn: .origin)
        self.multiUse = FlagSetting(builtIn: false)
        self.failoverSetting = FlagSetting(builtIn: .fenced)
        self.legacy = [:]
    }

    /// Parses a snapshot.
    ///
    /// - Parameter stale: The flags that serve their safe variant, because nothing is heard of the control plane.
    public init(_ snapshot: Snapshot, stale: Set<FlagKey> = []) {
        var problems: [TicketPolicyProblem] = []
        self.environment = snapshot.environment
        self.revision = snapshot.revision
        self.isFromSnapshot = true
        self.stale = stale
        self.ticketsNotBefore = snapshot.content.ticketsNotBefore
        self.ticketsNotBeforeRevision = snapshot.content.ticketsNotBeforeRevision ?? 0
        self.tickets = FlagSetting(TicketFlags.tickets, in: snapshot, stale: stale, builtIn: false, problems: &problems)
        self.ttl = FlagSetting(TicketFlags.ttl, in: snapshot, stale: stale, builtIn: .builtIn, problems: &problems)
        self.fallback = FlagSetting(
            TicketFlags.fallback, in: snapshot, stale: stale, builtIn: false, problems: &problems)
        self.binding = FlagSetting(
            TicketFlags.binding, in: snapshot, stale: stale, builtIn: .origin, problems: &problems)
        self.multiUse = FlagSetting(
            TicketFlags.multiUse, in: snapshot, stale: stale, builtIn: false, problems: &problems)
        self.failoverSetting = FlagSetting(
            TicketFlags.failover, in: snapshot, stale: stale, builtIn: .fenced, problems: &problems)
        var legacy: [Pathway: FlagSetting<Bool>] = [:]
        for pathway in Pathway.allCases where pathway != .ticket {
            legacy[pathway] = FlagSetting(
                TicketFlags.toggle(of: pathway), in: snapshot, stale: stale, builtIn: false,
                honoursDeclaredSafe: pathway != .e2eBypass, problems: &problems)
        }
        self.legacy = legacy
        self.problems = problems
    }
}
