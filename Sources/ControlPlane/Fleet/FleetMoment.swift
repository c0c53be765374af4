public import FlagModel

/// A moment as the fleet sees it: on a clock that never jumps, for silence and delays, and on the wall, to be shown.
public struct FleetMoment: Sendable, Hashable {
    /// The time since some moment in the past that stays the same while the process runs.
    public var uptime: Duration
    /// The time of day. It may jump, and nothing is decided by it.
    public var wall: Timestamp

    /// A moment.
    public init(uptime: Duration, wall: Timestamp) {
        self.uptime = uptime
        self.wall = wall
    }
}
