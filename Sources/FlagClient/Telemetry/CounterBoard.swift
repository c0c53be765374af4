import FlagModel
import Synchronization

/// The counters of the service's own. Counting is one look-up under a lock that is held for nothing else.
final class CounterBoard: Sendable {
    private struct Key: Hashable {
        var name: String
        var flag: String
        var cohort: Cohort
    }

    private struct Tally {
        var attempts: Int64 = 0
        var failures: Int64 = 0
    }

    private struct State {
        var tallies: [Key: Tally] = [:]
        var hasDropped = false
    }

    /// The most that are kept, of names, flags and cohorts; what is counted beyond them is not.
    static let limit = 500

    private let state = Mutex(State())

    /// Counts an attempt.
    ///
    /// - Returns: Whether it is the first one of all.
    func count(_ name: String, failed: Bool, flag: String, cohort: Cohort) -> Bool {
        let key = Key(name: name, flag: flag, cohort: cohort)
        return self.state.withLock { state in
            let isFirst = state.tallies.isEmpty && !state.hasDropped
            if state.tallies[key] == nil {
                guard state.tallies.count < Self.limit, FlagKey.isValid(name), FlagKey.isValid(flag) else {
                    state.hasDropped = true
                    return isFirst
                }
            }
            state.tallies[key, default: Tally()].attempts += 1
            if failed { state.tallies[key]?.failures += 1 }
            return isFirst
        }
    }

    /// Whether attempts were not counted: of unusable names, or of too many.
    var hasDropped: Bool { self.state.withLock { $0.hasDropped } }

    /// What was counted so far, in a fixed order.
    var counters: [TelemetryCounts.Counter] {
        let tallies = self.state.withLock { $0.tallies }.sorted { left, right in
            (left.key.name, left.key.flag, left.key.cohort.rawValue)
                < (right.key.name, right.key.flag, right.key.cohort.rawValue)
        }
        return tallies.map { key, tally in
            TelemetryCounts.Counter(
                name: key.name, flag: FlagKey(unchecked: key.flag), cohort: key.cohort, attempts: tally.attempts,
                failures: tally.failures)
        }
    }
}
