public import FlagModel

/// A way to authenticate a WebSocket.
public struct PathwaySummary: Sendable, Hashable, Codable {
    /// The pathway: `ticket`, `cookie`, ….
    public var pathway: String
    /// The flag that opens it.
    public var flag: FlagKey
    /// Whom the flag lets in.
    public var reach: PathwayReach
    /// The percentage of users whom the flag's rollout lets in, in percent; absent: it has none.
    public var percentage: Double?
    /// How often it was tried within the window.
    public var attempts: Int64
    /// How often it let somebody in within the window.
    public var grants: Int64
    /// How often it let nobody in within the window.
    public var refusals: Int64
    /// When it was tried last, however long ago; absent: never, as far as is known.
    public var lastAttempt: Timestamp?
    /// When it let somebody in last, however long ago; absent: never, as far as is known.
    public var lastGrant: Timestamp?
    /// Since when its use is counted; absent: not yet.
    public var watchedSince: Timestamp?

    /// Creates the value of its parts.
    public init(
        pathway: String, flag: FlagKey, reach: PathwayReach, percentage: Double?, attempts: Int64, grants: Int64,
        refusals: Int64, lastAttempt: Timestamp?, lastGrant: Timestamp?, watchedSince: Timestamp?
    ) {
        self.pathway = pathway
        self.flag = flag
        self.reach = reach
        self.percentage = percentage
        self.attempts = attempts
        self.grants = grants
        self.refusals = refusals
        self.lastAttempt = lastAttempt
        self.lastGrant = lastGrant
        self.watchedSince = watchedSince
    }
}
