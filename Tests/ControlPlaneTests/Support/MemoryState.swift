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
    var reviewTable: [Review] = []
    var scheduleTable: [ScheduledChange] = []
    var webhookTable: [Webhook] = []
    var outbox: [WebhookDelivery] = []
    var pathwayUses: [PathwayUse] = []
    /// Why no older content can be read.
    var contentFailure: StorageFailure?

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
            case .review(let review):
                self.reviewTable.removeAll { $0.id == review.id }
                self.reviewTable.append(review)
            case .webhook, .deleteWebhook, .delivery, .forgetDeliveries: self.performWebhook(write)
            case .pathwayUses(let uses): self.pathwayUses += uses
            case .schedule(let change):
                self.scheduleTable.removeAll { $0.id == change.id }
                self.scheduleTable.append(change)
            case .audit(let draft):
                self.audit.append(draft.entry(following: self.audit.last.map { ($0.sequence, $0.digest) }))
            }
        }
    }

    func pathwayRecords(
        of environment: EnvironmentName, since hour: Timestamp
    ) throws(ControlPlaneError) -> [PathwayRecord] {
        let uses = self.pathwayUses.filter { $0.environment == environment }
        return Set(uses.map(\.pathway)).sorted().map { pathway in
            let uses = uses.filter { $0.pathway == pathway }
            var counts = PathwayCounts()
            for use in uses where use.hour >= hour {
                counts.attempts += use.counts.attempts
                counts.grants += use.counts.grants
            }
            return PathwayRecord(
                pathway: pathway, counts: counts, lastAttempt: uses.last { $0.counts.attempts > 0 }?.at,
                lastGrant: uses.last { $0.counts.grants > 0 }?.at, watchedSince: uses[0].hour)
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
        if let contentFailure { throw .storage(contentFailure) }
        return self.history[environment]?.first { $0.record.number == revision }?.content ?? EnvironmentContent()
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
        of environment: EnvironmentName, flag: FlagKey?, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [RolloutRecord] {
        let all = self.rolloutTable.filter { rollout in
            rollout.environment == environment && rollout.id < before ?? .max && flag.map { $0 == rollout.flag } ?? true
        }
        return Array(all.sorted { $0.id > $1.id }.prefix(limit))
    }

    func lastRolloutID() throws(ControlPlaneError) -> Int64 { self.rolloutTable.map(\.id).max() ?? 0 }

    func rolloutEntries(of rollout: Int64) throws(ControlPlaneError) -> [RolloutEntry] {
        self.rolloutLog.filter { $0.rollout == rollout }
    }

    func reviews(
        of environment: EnvironmentName, openOnly: Bool, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [Review] {
        let all = self.reviewTable.filter {
            $0.environment == environment && $0.id < before ?? .max && !(openOnly && $0.closing != nil)
        }
        return Array(all.sorted { $0.id > $1.id }.prefix(limit))
    }

    func lastReviewID() throws(ControlPlaneError) -> Int64 { self.reviewTable.map(\.id).max() ?? 0 }

    func schedules(
        of environment: EnvironmentName, waitingOnly: Bool, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [ScheduledChange] {
        let all = self.scheduleTable.filter {
            $0.environment == environment && $0.id < before ?? .max && !(waitingOnly && $0.state != .waiting)
        }
        return Array(all.sorted { $0.id > $1.id }.prefix(limit))
    }

    func schedule(_ id: Int64) throws(ControlPlaneError) -> ScheduledChange? {
        self.scheduleTable.first { $0.id == id }
    }

    func dueSchedules(at moment: Timestamp) throws(ControlPlaneError) -> [Int64] {
        self.scheduleTable.filter { $0.state == .waiting && $0.at <= moment }
            .sorted { ($0.at, $0.id) < ($1.at, $1.id) }.map(\.id)
    }

    func lastScheduleID() throws(ControlPlaneError) -> Int64 { self.scheduleTable.map(\.id).max() ?? 0 }

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
