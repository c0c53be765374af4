internal import ControlPlane
internal import CoreMetrics
internal import FlagModel
internal import PrometheusMetrics
internal import Synchronization

/// Counts revisions as they are published.
final class CommitCounters: Sendable {
    private let factory: PrometheusFactory
    private let seen = Mutex<[EnvironmentName: Int64]>([:])

    init(factory: PrometheusFactory) {
        self.factory = factory
    }

    /// Counts the revisions of a control plane from now on.
    func observe(_ plane: ControlPlane) {
        let inForce = Dictionary(uniqueKeysWithValues: plane.environments.map { ($0.name, $0.revision) })
        self.seen.withLock { $0 = inForce }
        plane.observe { head in
            let made = self.seen.withLock { seen in
                defer { seen[head.name] = head.revision }
                return max(0, head.revision - (seen[head.name] ?? 0))
            }
            Counter(
                label: ServerMetric.commits.name, dimensions: [("environment", head.name.text)], factory: self.factory
            ).increment(by: made)
        }
    }
}
