import FlagAPI

extension ConvergenceReport {
    /// How many laggards are named at most.
    private static let named = 10

    /// Whether nothing more will come.
    var isFinal: Bool { self.converged || self.superseded }

    /// How far it is, while it is on the way.
    var progress: String { "revision \(self.revision): \(self.acknowledged) of \(self.instances) instances" }

    /// Where the revision is in force, and how fast it came there.
    var sentence: String {
        guard self.instances > 0 else { return "revision \(self.revision) is in force; no instance is connected" }
        return self.reach + (self.lastAfterMilliseconds.map { ", last after \(Self.words($0))" } ?? "")
    }

    /// On how many instances the revision is in force.
    var reach: String {
        "revision \(self.revision) is in force on \(self.acknowledged) of \(self.instances) "
            + (self.instances == 1 ? "instance" : "instances")
    }

    /// The instances that lag behind, a line each.
    var laggardLines: [String] {
        let lines = self.laggards.prefix(Self.named).map { instance in
            let version = instance.version.map { " \($0)" } ?? ""
            return "\(instance.id) (\(instance.name)\(version)) is \(instance.state.rawValue) at revision "
                + "\(instance.revision), last seen \(instance.lastSeen.short)"
        }
        let rest = self.instances - self.acknowledged - Int64(lines.count)
        return lines + (rest > 0 ? ["and \(rest) more: flagctl instances \(self.environment)"] : [])
    }

    /// `8.3 ms`, or seconds from one on.
    private static func words(_ milliseconds: Double) -> String {
        let isLong = milliseconds >= 1000
        let tenths = (milliseconds / (isLong ? 1000 : 1) * 10).rounded() / 10
        return "\(tenths) \(isLong ? "s" : "ms")"
    }
}
