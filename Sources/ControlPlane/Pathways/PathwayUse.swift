public import FlagModel

/// What is added to what is stored of a pathway's use in one hour.
public struct PathwayUse: Sendable, Hashable {
    /// An hour, in milliseconds.
    static let hourLength: Int64 = 3_600_000
    /// For how long the hours are kept, in milliseconds: 400 days, the longest window that may be asked for. Of older ones
    /// only those remain that say since when a pathway is counted, and when it was tried and let somebody in last.
    static let retention: Int64 = 400 * 86_400_000

    /// Where.
    public var environment: EnvironmentName
    /// The pathway: `ticket`, `cookie`, ….
    public var pathway: String
    /// When it was counted.
    public var at: Timestamp
    /// What was counted.
    public var counts: PathwayCounts

    /// A use.
    public init(environment: EnvironmentName, pathway: String, at: Timestamp, counts: PathwayCounts) {
        self.environment = environment
        self.pathway = pathway
        self.at = at
        self.counts = counts
    }

    /// When the hour began.
    public var hour: Timestamp { Self.hour(of: self.at) }

    /// The first hour that is kept whole.
    public var keptSince: Timestamp { Self.hour(of: self.at.advanced(byMilliseconds: -Self.retention)) }

    /// When the hour of a moment began.
    static func hour(of moment: Timestamp) -> Timestamp {
        let (hours, _) = moment.millisecondsSinceEpoch.quotientAndRemainder(dividingBy: Self.hourLength)
        return Timestamp(millisecondsSinceEpoch: hours * Self.hourLength)
    }
}
