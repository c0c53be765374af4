public import FlagModel

/// Adds up what the instances of one environment count. The sums only grow, whatever order reports come in, however often,
/// and whoever restarts or leaves.
///
/// A report says all that was counted since a start. Of each start the largest numbers heard so far are kept, and only what
/// a report has beyond them is added. A start that is heard of for the first time counts in full if it cannot have been
/// heard of before, because it is younger than what the ledger remembers. Any other, as after a restart of the server, is
/// taken as it stands: what it counts from now on is added.
public struct TelemetryLedger: Sendable {
    /// The most series that are kept; further ones are counted in ``dropped``.
    public static let seriesLimit = 4096
    /// How many starts of an instance are remembered: a report of an earlier one may still be on its way.
    private static let startLimit = 4

    private struct Start: Sendable {
        var id: String
        /// The largest number heard of each series, by its place.
        var values: [Int64] = []
        var heardAt: Duration
    }

    /// What is remembered of an instance.
    private struct Memory: Sendable {
        var starts: [Start] = []
        /// When a start of it was forgotten last; nil: none was.
        var forgotAt: Duration?
    }

    /// How many counts were not taken, as there were too many series.
    public private(set) var dropped: Int64 = 0

    private let began: Duration
    private let memory: Duration
    private var places: [TelemetrySeries: Int] = [:]
    private var sums: [Int64] = []
    private var instances: [InstanceID: Memory] = [:]

    /// A ledger without entries.
    ///
    /// - Parameters:
    ///   - began: Now, on a clock that never goes back.
    ///   - memory: For how long an instance that says nothing is remembered.
    public init(at began: Duration, memory: Duration = .seconds(3600)) {
        self.began = began
        self.memory = memory
    }

    /// What all instances counted.
    public var totals: [TelemetrySeries: Int64] { self.places.mapValues { self.sums[$0] } }

    /// Takes in what an instance says.
    public mutating func add(_ report: TelemetryReport, from instance: InstanceID, at now: Duration) {
        var known = self.instances.removeValue(forKey: instance) ?? Memory()
        defer { self.instances[instance] = known }
        if let index = known.starts.firstIndex(where: { $0.id == report.start }) {
            known.starts[index].heardAt = now
            self.add(report.counts, over: &known.starts[index].values)
            return
        }
        var start = Start(id: report.start, heardAt: now)
        let age = Duration.milliseconds(report.ageMilliseconds)
        if age <= min(now - max(self.began, known.forgotAt ?? self.began), self.memory) {
            self.add(report.counts, over: &start.values)
        } else {
            for (series, value) in report.counts.series { self.note(value, of: series, in: &start.values) }
        }
        known.starts.append(start)
        if known.starts.count > Self.startLimit {
            known.starts.removeFirst()
            known.forgotAt = now
        }
    }

    /// Forgets instances that have said nothing for as long as it remembers. What they counted stays.
    public mutating func sweep(at now: Duration) {
        self.instances = self.instances.filter { _, known in
            known.starts.contains { now - $0.heardAt < self.memory }
        }
    }

    private mutating func add(_ counts: TelemetryCounts, over values: inout [Int64]) {
        for (series, value) in counts.series {
            let before = self.note(value, of: series, in: &values)
            guard let before, value > before, let place = self.places[series] else { continue }
            let (sum, overflow) = self.sums[place].addingReportingOverflow(value - before)
            self.sums[place] = overflow ? .max : sum
        }
    }

    /// Keeps a number if it is the largest so far.
    ///
    /// - Returns: The largest before; nil: there is no room for the series.
    @discardableResult
    private mutating func note(_ value: Int64, of series: TelemetrySeries, in values: inout [Int64]) -> Int64? {
        let place: Int
        if let known = self.places[series] {
            place = known
        } else {
            guard self.sums.count < Self.seriesLimit else {
                self.dropped += 1
                return nil
            }
            place = self.sums.count
            self.places[series] = place
            self.sums.append(0)
        }
        if values.count <= place { values += Array(repeating: 0, count: place + 1 - values.count) }
        let before = values[place]
        values[place] = max(before, value)
        return before
    }
}
