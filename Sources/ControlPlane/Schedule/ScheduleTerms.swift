public import FlagModel

/// When a change is to be made, and what happens when it cannot be made then.
public struct ScheduleTerms: Sendable, Hashable {
    /// When.
    public var at: Timestamp
    /// What happens when it cannot be made then.
    public var ifMissed: ScheduledChange.IfMissed

    /// Terms.
    public init(at: Timestamp, ifMissed: ScheduledChange.IfMissed) {
        self.at = at
        self.ifMissed = ifMissed
    }
}
