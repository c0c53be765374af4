internal import ControlPlane
internal import FlagAPI
internal import FlagModel

// What the fleet knows, in the words of the wire.

extension InstanceState {
    init(_ state: Instance.State) {
        switch state {
        case .current: self = .current
        case .behind: self = .behind
        case .stale: self = .stale
        case .gone: self = .gone
        case .diverged: self = .diverged
        }
    }
}

extension InstanceSummary {
    init(_ view: InstanceView) {
        let (instance, report) = (view.instance, view.instance.report)
        self.init(
            id: report.id.text, name: report.name, version: report.version, labels: report.labels,
            revision: report.revision, digest: report.digest, state: InstanceState(view.state),
            connected: instance.isConnected, source: InstanceSource(rawValue: report.source) ?? .stream,
            firstSeen: instance.firstSeen, lastSeen: instance.lastSeen, lag: view.lag,
            appliedAfterMilliseconds: instance.appliedAfter?.milliseconds)
    }
}

extension ConvergenceReport {
    init(_ convergence: Convergence, in environment: EnvironmentName) {
        self.init(
            environment: environment, revision: convergence.revision, currentRevision: convergence.currentRevision,
            converged: convergence.isConverged, superseded: convergence.isSuperseded,
            instances: Int64(convergence.instances), acknowledged: Int64(convergence.acknowledged),
            lastAfterMilliseconds: convergence.lastAfter?.milliseconds,
            laggards: convergence.laggards.map { InstanceSummary($0) })
    }
}

extension FleetReport {
    /// The longest name, version, label and value of a label, in characters.
    static let longestText = 100
    /// The most labels.
    static let labelLimit = 16

    /// Reads what an instance says of itself.
    ///
    /// - Throws: `InvalidDocument` with every fault.
    init(_ report: InstanceReport, id: InstanceID) throws(InvalidDocument) {
        var issues: [Issue] = []
        func check(_ text: String, _ path: String, least: Int = 1) {
            guard !(least...Self.longestText).contains(text.count) || text.contains(where: \.isNewline) else { return }
            issues.append(
                Issue(path: path, message: "use \(least) to \(Self.longestText) characters without line breaks"))
        }
        check(report.name, "name")
        if let version = report.version { check(version, "version") }
        let labels = report.labels ?? [:]
        if labels.count > Self.labelLimit {
            issues.append(Issue(path: "labels", message: "use at most \(Self.labelLimit) labels"))
        }
        for (label, value) in labels.sorted(by: { $0.key < $1.key }).prefix(Self.labelLimit) {
            check(label, "labels")
            check(value, "labels.\(label)", least: 0)
        }
        if report.revision < 0 { issues.append(Issue(path: "revision", message: "expected 0 or a revision")) }
        if let digest = report.digest, !digest.isDigest {
            issues.append(Issue(path: "digest", message: "expected 64 hexadecimal digits in lower case"))
        }
        if report.revision > 0, report.digest == nil {
            issues.append(Issue(path: "digest", message: "say the digest of the revision that was applied"))
        }
        guard issues.isEmpty else { throw InvalidDocument(issues) }
        self.init(
            id: id, name: report.name, version: report.version, labels: labels, revision: report.revision,
            digest: report.digest, source: report.source.rawValue, isLeaving: report.leaving ?? false)
    }
}

extension Duration {
    /// Milliseconds with their fraction, to a thousandth.
    fileprivate var milliseconds: Double {
        let (seconds, attoseconds) = self.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        return Double(microseconds) / 1000
    }
}

extension String {
    fileprivate var isDigest: Bool {
        self.utf8.count == 64
            && self.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
