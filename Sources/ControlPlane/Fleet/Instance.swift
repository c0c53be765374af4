public import FlagModel

/// One running subscriber, as the registry knows it.
public struct Instance: Sendable, Hashable {
    /// How an instance stands to the revision in force.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It acknowledged the revision in force, with its digest.
        case current
        /// It is heard of, and has an older revision, or none.
        case behind
        /// It has not been heard of for longer than it should be quiet.
        case stale
        /// It said goodbye, or has not been heard of for so long that nobody waits for it.
        case gone
        /// It has something that was never published: another digest, or a revision that is not there yet.
        case diverged
    }

    /// What it said of itself last.
    public internal(set) var report: FleetReport
    /// The access token that introduced it; nil: the server itself.
    public let owner: String?
    /// When it was first heard of.
    public let firstSeen: Timestamp
    /// When it was last heard of.
    public internal(set) var lastSeen: Timestamp
    /// From the publication of the revision that it has to its acknowledgement; nil when it had that revision on
    /// arrival, or the revision is older than the process.
    public internal(set) var appliedAfter: Duration?
    /// How many streams it has open.
    public internal(set) var openStreams = 0

    /// When it was last heard of, on the clock that does not jump.
    var heardAt: Duration
    /// When it was first heard of by this process.
    var arrivedAt: Duration
    /// When it acknowledged the revision that it has.
    var acknowledgedAt: Duration?
    /// Whether it is only known from before the start of the server: what it had then proves nothing about now.
    var isRemembered = false
    /// When what is stored of it says it was last seen; nil: nothing is stored.
    var savedLastSeen: Timestamp?

    /// Its id.
    public var id: InstanceID { self.report.id }
    /// Whether it runs inside the server, and is never out of hearing.
    public var isEmbedded: Bool { self.owner == nil }
    /// Whether a stream of it is open.
    public var isConnected: Bool { self.openStreams > 0 }

    init(_ report: FleetReport, owner: String?, firstSeen: Timestamp? = nil, at moment: FleetMoment) {
        self.report = report
        self.owner = owner
        self.firstSeen = firstSeen ?? moment.wall
        self.lastSeen = moment.wall
        self.heardAt = moment.uptime
        self.arrivedAt = moment.uptime
    }

    /// Whether nobody waits for it.
    func isGone(at uptime: Duration, _ limits: FleetLimits) -> Bool {
        self.report.isLeaving || (!self.isEmbedded && uptime - self.heardAt > limits.goneAfter)
    }

    /// Whether it has been quiet for too long.
    func isStale(at uptime: Duration, _ limits: FleetLimits) -> Bool {
        !self.isEmbedded && (self.isRemembered || uptime - self.heardAt > limits.staleAfter)
    }
}
