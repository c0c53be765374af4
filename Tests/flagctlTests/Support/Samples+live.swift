import FlagAPI
import FlagModel

extension Samples {
    /// An instance that has a revision.
    static func instance(
        _ id: String, _ state: InstanceState = .current, revision: Int64 = 7, version: String? = "1.4.0"
    ) -> InstanceSummary {
        InstanceSummary(
            id: id, name: "billing", version: version, revision: revision, state: state, connected: state != .gone,
            source: .stream, firstSeen: at, lastSeen: at, lag: 7 - revision)
    }

    /// How far revision 7 is.
    static func convergence(
        _ acknowledged: Int64, of instances: Int64 = 12, superseded: Bool = false, laggards: [InstanceSummary] = []
    ) -> ConvergenceReport {
        ConvergenceReport(
            environment: "development", revision: 7, currentRevision: superseded ? 8 : 7,
            converged: acknowledged == instances, superseded: superseded, instances: instances,
            acknowledged: acknowledged, lastAfterMilliseconds: 8.26, laggards: laggards)
    }

    /// An event as a stream spells it.
    static func event(_ name: String, id: String? = nil, _ data: some Encodable) -> String {
        let json = (try? WireEncoder.encode(data)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(json)\n\n"
    }
}
