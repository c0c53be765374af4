internal import FlagModel

/// Overlapping stretches of time, all of one length, over counts that only grow.
///
/// What begins in the middle of a long step drowns in what was counted before; the youngest stretch that began before it
/// shows it undiluted.
struct GuardWindows: Sendable {
    /// A stretch from a moment until now.
    struct Window: Sendable {
        /// 1 for the first that was begun.
        var number: Int
        /// When it began.
        var start: Timestamp
        /// What had been counted by then.
        var counts: GuardCounts
    }

    /// How many are open at a time.
    private static let overlap: Int64 = 6

    /// How long each is.
    let milliseconds: Int64
    private(set) var open: [Window] = []

    init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Closes those that are over, and begins another if it is time.
    mutating func move(to now: Timestamp, _ counts: GuardCounts) {
        let newest = self.open.last
        self.open.removeAll { now.milliseconds(since: $0.start) > self.milliseconds }
        if let newest, now.milliseconds(since: newest.start) < self.milliseconds / Self.overlap { return }
        self.open.append(Window(number: (newest?.number ?? 0) + 1, start: now, counts: counts))
    }
}
