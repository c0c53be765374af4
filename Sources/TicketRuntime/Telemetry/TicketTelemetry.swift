import FlagModel
import Synchronization

/// Counts every attempt, by operation, pathway, cohort and outcome. The one place through which all outcomes pass.
final class TicketTelemetry: Sendable {
    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    private static let cohortCount = TicketCohort.allCases.count
    private static let pathwayCount = Pathway.allCases.count
    /// Success, and the reasons for a refusal.
    private static let outcomeCount = TicketRefusalReason.allCases.count + 1

    /// All combinations, so that counting is one addition and never a look-up or a lock.
    private let counters: [Counter]
    private let histograms: [LatencyHistogram]

    init() {
        let size = TicketOperation.allCases.count * Self.pathwayCount * Self.cohortCount * Self.outcomeCount
        self.counters = (0..<size).map { _ in Counter() }
        self.histograms = (0..<TicketOperation.timed.count * Self.cohortCount).map { _ in LatencyHistogram() }
    }

    /// Counts an attempt.
    func count(
        _ operation: TicketOperation, pathway: Pathway = .ticket, cohort: TicketCohort,
        refusal: TicketRefusalReason? = nil
    ) {
        let outcome = refusal.map { $0.ordinal + 1 } ?? 0
        let place = operation.ordinal * Self.pathwayCount + pathway.ordinal
        let index = (place * Self.cohortCount + cohort.ordinal) * Self.outcomeCount + outcome
        self.counters[index].value.wrappingAdd(1, ordering: .relaxed)
    }

    /// Takes note of how long an attempt took that asked the store.
    func time(_ operation: TicketOperation, cohort: TicketCohort, microseconds: Int64) {
        guard operation.ordinal < TicketOperation.timed.count else { return }
        self.histograms[operation.ordinal * Self.cohortCount + cohort.ordinal].record(microseconds)
    }

    /// Everything, as it is reported.
    var counts: TelemetryCounts {
        var latencies: [TelemetryCounts.Latency] = []
        for operation in TicketOperation.timed {
            for cohort in TicketCohort.allCases {
                let histogram = self.histograms[operation.ordinal * Self.cohortCount + cohort.ordinal]
                guard !histogram.isEmpty else { continue }
                latencies.append(
                    .init(
                        operation: operation.rawValue, cohort: cohort, buckets: histogram.buckets,
                        sumMicroseconds: histogram.sumMicroseconds))
            }
        }
        let attempts = self.statistics.entries.map { entry in
            TelemetryCounts.Attempts(
                operation: entry.operation.rawValue, pathway: entry.pathway.rawValue, cohort: entry.cohort,
                refusal: entry.refusal?.rawValue, count: Int64(entry.count))
        }
        return TelemetryCounts(attempts: attempts, latencies: latencies)
    }

    /// The counters as they are now. Not one instant's: attempts go on while it is taken.
    var statistics: TicketStatistics {
        var entries: [TicketStatistics.Entry] = []
        var index = 0
        for operation in TicketOperation.allCases {
            for pathway in Pathway.allCases {
                for cohort in TicketCohort.allCases {
                    for outcome in 0..<Self.outcomeCount {
                        let count = self.counters[index].value.load(ordering: .relaxed)
                        index += 1
                        guard count != 0 else { continue }
                        entries.append(
                            .init(
                                operation: operation, pathway: pathway, cohort: cohort,
                                refusal: outcome == 0 ? nil : TicketRefusalReason.allCases[outcome - 1], count: count))
                    }
                }
            }
        }
        return TicketStatistics(entries: entries)
    }
}
