/// How far a revision has got.
public struct Convergence: Sendable, Hashable {
    /// The most laggards that are named.
    public static let laggardLimit = 100

    /// The revision asked for.
    public let revision: Int64
    /// The revision in force.
    public let currentRevision: Int64
    /// How many instances are live: all but those that are gone.
    public let instances: Int
    /// How many of them acknowledged the revision, or a newer one, with its digest.
    public let acknowledged: Int
    /// From the publication to the last of these acknowledgements; nil when nobody had to be told.
    public let lastAfter: Duration?
    /// Live instances that did not acknowledge, by id; at most ``laggardLimit``.
    public let laggards: [InstanceView]

    /// Whether every live instance acknowledged.
    public var isConverged: Bool { self.acknowledged == self.instances }
    /// Whether a newer revision is in force.
    public var isSuperseded: Bool { self.currentRevision > self.revision }
}
