public import FlagModel

/// Decides what is to be stored of the pathways' use: what the totals have beyond what was stored of them before.
///
/// The totals begin at zero with each start of the server (``FleetTelemetry``), and so does this, so that nothing is stored
/// twice over restarts. What was counted and not yet stored when the process dies is lost.
public struct PathwayLedger: Sendable {
    /// What is to be stored, to be marked as stored once it is.
    public struct Unsaved: Sendable {
        /// To be added to what is stored.
        public var uses: [PathwayUse] = []
        fileprivate var totals: [EnvironmentName: [String: PathwayCounts]] = [:]
    }

    private let pathways: [String]
    private var saved: [EnvironmentName: [String: PathwayCounts]] = [:]

    /// A ledger of these pathways.
    public init(pathways: [String]) {
        self.pathways = pathways
    }

    /// What the totals have beyond what is stored. Of an environment that is new here every pathway is stored, used or
    /// not: from then on its silence is known to be silence.
    public func unsaved(_ totals: [EnvironmentName: [TelemetrySeries: Int64]], at now: Timestamp) -> Unsaved {
        var unsaved = Unsaved()
        for (environment, totals) in totals {
            let counts = PathwayCounts.byPathway(totals)
            let known = self.saved[environment]
            for pathway in self.pathways {
                let new = (counts[pathway] ?? PathwayCounts()) - (known?[pathway] ?? PathwayCounts())
                guard known == nil || new.attempts > 0 else { continue }
                unsaved.uses.append(
                    PathwayUse(environment: environment, pathway: pathway, at: now, counts: new))
                unsaved.totals[environment] = counts
            }
        }
        return unsaved
    }

    /// That was stored.
    public mutating func markSaved(_ unsaved: Unsaved) {
        self.saved.merge(unsaved.totals) { $1 }
    }
}
