import ControlPlane
import FlagModel

/// A registry with a clock of its own, revision 1 published long ago.
struct FleetBench {
    static let environment: EnvironmentName = "development"

    var registry: FleetRegistry
    var uptime = Duration.seconds(1000)
    var wall = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)

    init(limits: FleetLimits = FleetLimits(), remembered: [StoredInstance] = []) {
        self.registry = FleetRegistry(
            environment: Self.environment, limits: limits, remembered: remembered,
            at: FleetMoment(uptime: .seconds(1000), wall: Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)))
        self.registry.publish(1, digest: Self.digest(1), at: nil)
    }

    var now: FleetMoment { FleetMoment(uptime: self.uptime, wall: self.wall) }

    /// What stands for the digest of a revision.
    static func digest(_ revision: Int64) -> String { "digest-\(revision)" }

    mutating func advance(_ time: Duration) {
        self.uptime += time
        self.wall = self.wall.advanced(byMilliseconds: time.components.seconds * 1000)
    }

    mutating func publish(_ revision: Int64) {
        self.registry.publish(revision, digest: Self.digest(revision), at: self.now)
    }

    @discardableResult
    mutating func report(
        _ id: InstanceID, _ revision: Int64, digest: String? = nil, owner: String? = "token", leaving: Bool = false
    ) throws(FleetError) -> Instance.State {
        try self.registry.report(
            FleetReport(
                id: id, name: "service", revision: revision, digest: digest ?? Self.digest(revision),
                source: "stream", isLeaving: leaving),
            owner: owner, at: self.now)
    }

    mutating func connect(_ id: InstanceID, owner: String = "token") throws(FleetError) {
        try self.registry.connect(id, owner: owner, at: self.now)
    }

    func view(_ id: InstanceID) -> InstanceView? { self.registry.view(of: id, at: self.now) }
    func state(_ id: InstanceID) -> Instance.State? { self.view(id)?.state }
    func convergence(_ revision: Int64) -> Convergence { self.registry.convergence(on: revision, at: self.now) }

    static func stored(_ id: InstanceID, revision: Int64 = 1) -> StoredInstance {
        StoredInstance(
            environment: Self.environment,
            report: FleetReport(
                id: id, name: "service", revision: revision, digest: Self.digest(revision), source: "stream"),
            owner: "token", firstSeen: Timestamp(millisecondsSinceEpoch: 1_700_000_000_000),
            lastSeen: Timestamp(millisecondsSinceEpoch: 1_749_999_000_000))
    }
}
