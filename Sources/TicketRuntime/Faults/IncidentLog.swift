/// Decides what is logged of a fault that goes on: the first occurrence at once, then one line per interval with the
/// number of occurrences since the last line, and one line when it is over. Nothing is silent and nothing floods: a fault
/// that comes and goes gets one line of each sort per interval as well, as if it had gone on.
///
/// A pure value: it has no clock and writes nothing.
struct IncidentLog: Sendable {
    /// A line to be written.
    enum Line: Sendable, Hashable {
        /// It happened, so many times since the last line of this cause.
        case occurred(IncidentCause, count: Int)
        /// It happens no more. `count` in all, `unreported` of them since the last line, over so many milliseconds.
        case recovered(IncidentCause, count: Int, unreported: Int, lasted: Int64)
    }

    private struct Incident: Sendable {
        var since: Int64
        var last: Int64
        var count = 0
        var unreported = 0
    }

    /// When a cause was last written of, over all its incidents.
    private struct LastLines: Sendable {
        var occurred: Int64?
        var recovered: Int64?
    }

    /// The time between two lines of one cause, in milliseconds.
    let interval: Int64
    private var incidents: [IncidentCause: Incident] = [:]
    private var lines: [IncidentCause: LastLines] = [:]

    init(interval: Duration) {
        self.interval = max(1, interval.milliseconds)
    }

    /// Whether nothing is going on.
    var isQuiet: Bool { self.incidents.isEmpty }

    /// It happened. `now` is in milliseconds.
    mutating func occurred(_ cause: IncidentCause, at now: Int64) -> Line? {
        var incident = self.incidents[cause] ?? Incident(since: now, last: now)
        incident.last = now
        incident.count += 1
        incident.unreported += 1
        defer { self.incidents[cause] = incident }
        guard self.isDue(self.lines[cause]?.occurred, at: now) else { return nil }
        self.lines[cause, default: LastLines()].occurred = now
        defer { incident.unreported = 0 }
        return .occurred(cause, count: incident.unreported)
    }

    /// The store works. What tells against the store is over then, unless it was over within the interval before; anything
    /// else, once it was not seen for an interval.
    mutating func recovered(at now: Int64) -> [Line] {
        let over = self.incidents.filter { cause, incident in
            cause.endsWhenStoreAnswers
                ? self.isDue(self.lines[cause]?.recovered, at: now) : now - incident.last >= self.interval
        }
        return over.sorted { $0.key.rawValue < $1.key.rawValue }.map { cause, incident in
            self.incidents[cause] = nil
            self.lines[cause, default: LastLines()].recovered = now
            return .recovered(
                cause, count: incident.count, unreported: incident.unreported, lasted: max(0, now - incident.since))
        }
    }

    private func isDue(_ last: Int64?, at now: Int64) -> Bool {
        last.map { now - $0 >= self.interval } ?? true
    }
}
