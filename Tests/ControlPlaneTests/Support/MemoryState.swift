import ControlPlane
import FlagModel

/// Everything stored, in a value.
struct MemoryState: StoredState, Sendable {
    var current: [EnvironmentName: EnvironmentHead] = [:]
    var history: [EnvironmentName: [(record: RevisionRecord, content: EnvironmentContent)]] = [:]
    var tokenTable: [TokenRecord] = []
    var fleet: [StoredInstance] = []
    var audit: [AuditEntry] = []
    var rolloutTable: [RolloutRecord] = []
    var rolloutLog: [RolloutEntry] = []

    mutating func perform(_ writes: [StorageWrite]) {
        for write in writes {
            switch write {
            case .environment(let write):
                self.current[write.head.name] = write.head
                if let record = write.revision {
                    self.history[write.head.name, default: []].append((record, write.head.content))
                }
            case .createToken(let token): self.tokenTable.append(token)
            case .revokeToken(let id, let moment):
                for index in self.tokenTable.indices where self.tokenTable[index].id == id {
                    self.tokenTable[index].revokedAt = moment
                }
            case .instances(let instances):
                for instance in instances {
                    self.forget([instance.report.id], in: instance.environment)
                    self.fleet.append(instance)
                }
            case .forgetInstances(let ids, let environment): self.forget(ids, in: environment)
            case .rollout(let record):
                self.rolloutTable.removeAll { $0.id == record.id }
                self.rolloutTable.append(record)
            case .rolloutEntry(let entry): self.rolloutLog.append(entry)
            case .audit(let draft):
                self.audit.append(draft.entry(following: self.audit.last.map { ($0.sequence, $0.digest) }))
            }
        }
    }

    func heads() throws(ControlPlaneError) -> [EnvironmentHead] {
        self.current.values.sorted { $0.name < $1.name }
    }

    func head(of environment: EnvironmentName) throws(ControlPlaneError) -> EnvironmentHead? {
        self.current[environment]
    }

    func content(
        of environment: EnvironmentName, at revision: Int64
    ) throws(ControlPlaneError) -> EnvironmentContent {
        self.history[environment]?.first { $0.record.number == revision }?.content ?? EnvironmentContent()
    }

    func content(
        writtenBy revision: Int64, of environment: EnvironmentName
    ) throws(ControlPlaneError) -> EnvironmentContent {
        guard let made = self.history[environment]?.first(where: { $0.record.number == revision }) else {
            return EnvironmentContent()
        }
        var content = made.content
        content.flags = content.flags.filter { made.record.flags.contains($0.key) }
        content.segments = content.segments.filter { made.record.segments.contains($0.key) }
        return content
    }

    func revision(
        _ number: Int64, of environment: EnvironmentName
    ) throws(ControlPlaneError) -> RevisionRecord? {
        self.history[environment]?.first { $0.record.number == number }?.record
    }

    func revisions(
        of environment: EnvironmentName, flag: FlagKey?, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [RevisionRecord] {
        let all = (self.history[environment] ?? []).map(\.record).reversed().filter { record in
            record.number < before ?? .max && flag.map(record.flags.contains) ?? true
        }
        return Array(all.prefix(limit))
    }

    func instances() throws(ControlPlaneError) -> [StoredInstance] { self.fleet }

    private mutating func forget(_ ids: [InstanceID], in environment: EnvironmentName) {
        self.fleet.removeAll { $0.environment == environment && ids.contains($0.report.id) }
    }

    func liveRollouts(in environment: EnvironmentName) throws(ControlPlaneError) -> [RolloutRecord] {
        self.rolloutTable.filter { !$0.machine.phase.isOver && $0.environment == environment }.sorted { $0.id < $1.id }
    }

    func rollouts(
        of environment: EnvironmentName, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [RolloutRecord] {
        let all = self.rolloutTable.filter { $0.environment == environment && $0.id < before ?? .max }
        return Array(all.sorted { $0.id > $1.id }.prefix(limit))
    }

    func lastRolloutID() throws(ControlPlaneError) -> Int64 { self.rolloutTable.map(\.id).max() ?? 0 }

    func rolloutEntries(of rollout: Int64) throws(ControlPlaneError) -> [RolloutEntry] {
        self.rolloutLog.filter { $0.rollout == rollout }
    }

    func tokens() throws(ControlPlaneError) -> [TokenRecord] { self.tokenTable }

    func auditEntries(
        after: Int64, limit: Int, environments: [EnvironmentName]?
    ) throws(ControlPlaneError) -> [AuditEntry] {
        Array(self.audit.filter { $0.sequence > after && $0.concerns(environments) }.prefix(limit))
    }

    func lastAuditEntries(
        limit: Int, environments: [EnvironmentName]?
    ) throws(ControlPlaneError) -> [AuditEntry] {
        Array(self.audit.filter { $0.concerns(environments) }.suffix(limit))
    }
}

extension AuditEntry {
    fileprivate func concerns(_ environments: [EnvironmentName]?) -> Bool {
        guard let environments else { return true }
        return self.environment.map(environments.contains) ?? false
    }
}
