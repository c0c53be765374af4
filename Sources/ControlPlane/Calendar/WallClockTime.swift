public import FlagModel

/// A time as people write it down: with an offset, or as the clock on the wall of a time zone shows it.
public enum WallClockTime {
    /// A text names no moment, or not one alone.
    public struct Fault: Error, Hashable, CustomStringConvertible {
        /// What is wrong, and what to write instead.
        public let description: String
    }

    /// The moment that a text names: `2026-12-01T06:00:00+01:00` without a time zone, or `2026-12-01T06:00` in one.
    ///
    /// - Parameter timeZone: An IANA name such as `Europe/Berlin`, or `UTC`.
    /// - Throws: ``Fault``; also for a time that clocks skip, and for one that they show twice: what is meant only its
    ///   author knows.
    public static func moment(_ text: String, in timeZone: String?) throws(Fault) -> Timestamp {
        if let moment = Timestamp(text) {
            guard timeZone == nil else { throw Fault(description: "\(text) has an offset; leave out the time zone") }
            return moment
        }
        let wall = Timestamp(text + "Z") ?? Timestamp(text + ":00Z")
        guard let wall else {
            throw Fault(description: "expected a time such as 2026-12-01T06:00, found \"\(text.shortened())\"")
        }
        guard let timeZone else {
            throw Fault(description: "\(text) has no offset; add one, as in \(text)+01:00, or name the time zone")
        }
        guard let zone = CivilTimeZone(timeZone) else {
            throw Fault(
                description:
                    "\"\(timeZone.shortened())\" is no time zone; expected a name such as Europe/Berlin, or UTC")
        }
        switch zone.read(wall: wall.wholeSecondsSinceEpoch) {
        case .once(let moment): return moment
        case .twice(let first, let second):
            throw Fault(description: "clocks show \(text) twice in \(timeZone): write \(first) or \(second)")
        case .never(let instead):
            throw Fault(description: "clocks skip \(text) in \(timeZone): write another time, such as \(instead)")
        }
    }
}
