public import FlagModel

/// What is stored of a pathway's use.
public struct PathwayRecord: Sendable, Hashable {
    /// The pathway: `ticket`, `cookie`, ….
    public var pathway: String
    /// What was counted within the hours that were asked for.
    public var counts: PathwayCounts
    /// When it was tried last, however long ago; nil: never.
    public var lastAttempt: Timestamp?
    /// When it let somebody in last, however long ago; nil: never.
    public var lastGrant: Timestamp?
    /// Since when its use is counted.
    public var watchedSince: Timestamp

    /// A record.
    public init(
        pathway: String, counts: PathwayCounts, lastAttempt: Timestamp?, lastGrant: Timestamp?,
        watchedSince: Timestamp
    ) {
        self.pathway = pathway
        self.counts = counts
        self.lastAttempt = lastAttempt
        self.lastGrant = lastGrant
        self.watchedSince = watchedSince
    }
}
