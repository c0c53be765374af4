import FlagModel

/// When the control plane was last heard by the process that wrote a cache file.
struct CacheStamp: Sendable, Hashable {
    /// By the wall clock.
    var heardAt: Timestamp
    /// By the machine's start, which nobody can set; nil where the system does not say.
    var boot: BootMoment?

    /// How long ago that is: what the clocks say, and the longer of the two where both have an opinion. A wall clock that
    /// was set back makes nothing younger than it is.
    func age(wall: Timestamp, boot now: BootMoment?) -> Duration {
        let byWall = max(0, wall.milliseconds(since: self.heardAt))
        let byBoot = self.boot.flatMap { boot in now.flatMap { $0.milliseconds(since: boot) } } ?? 0
        return .milliseconds(max(byWall, byBoot))
    }
}
