internal import FlagModel
internal import Foundation

/// A time zone: which moment the clocks on its walls mean. The offsets are Foundation's, everything else is here.
struct CivilTimeZone: Sendable {
    /// Which moment a time on the wall is.
    enum Reading: Hashable {
        /// The one moment that shows it.
        case once(Timestamp)
        /// Clocks are set back, and two moments show it.
        case twice(first: Timestamp, second: Timestamp)
        /// Clocks are set forward over it. The moment is what it would have been had they not been: as much later on the
        /// wall as they are set forward.
        case never(instead: Timestamp)

        /// The moment to take where one has to be taken: the first of two.
        var moment: Timestamp {
            switch self {
            case .once(let moment), .never(let moment), .twice(let moment, _): moment
            }
        }
    }

    private let zone: TimeZone

    /// The zone of an IANA name such as `Europe/Berlin`; nil: there is none.
    init?(_ name: String) {
        // Foundation also takes `GMT+2` and abbreviations, which mean different things to different people.
        guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
    }

    /// Which moment is meant by a time on the wall, in seconds since 1970-01-01T00:00 on that wall.
    func read(wall: Int64) -> Reading {
        let before = self.offset(atSecond: wall - 86_400)
        let after = self.offset(atSecond: wall + 86_400)
        let matches = (before == after ? [before] : [before, after]).filter { self.offset(atSecond: wall - $0) == $0 }
        switch matches.count {
        case 0: return .never(instead: Self.moment(wall - before))
        case 1: return .once(Self.moment(wall - matches[0]))
        default: return .twice(first: Self.moment(wall - before), second: Self.moment(wall - after))
        }
    }

    /// What the wall shows at a moment, in seconds since 1970-01-01T00:00 on it.
    func wall(at moment: Timestamp) -> Int64 {
        let second = Int64((Double(moment.millisecondsSinceEpoch) / 1000).rounded(.down))
        return second + self.offset(atSecond: second)
    }

    /// The most that the wall is ahead of UTC on a day and the days next to it, in seconds.
    ///
    /// - Parameter days: Days since 1970-01-01.
    func greatestOffset(aroundDay days: Int64) -> Int64 {
        max(self.offset(atSecond: (days - 1) * 86_400), self.offset(atSecond: (days + 2) * 86_400))
    }

    private func offset(atSecond second: Int64) -> Int64 {
        Int64(self.zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }

    private static func moment(_ second: Int64) -> Timestamp { Timestamp(millisecondsSinceEpoch: second * 1000) }
}
