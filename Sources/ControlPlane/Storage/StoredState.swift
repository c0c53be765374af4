public import FlagModel

/// Everything stored, as one transaction sees it. Valid only while that transaction runs.
///
/// The methods return at once or block; a storage whose driver is asynchronous runs transactions on a thread of its own.
/// All throw only ``ControlPlaneError/storage(_:)``.
public protocol StoredState {
    /// What is in force in every environment, by name.
    func heads() throws(ControlPlaneError) -> [EnvironmentHead]
    /// What is in force in an environment; nil: there is none of that name.
    func head(of environment: EnvironmentName) throws(ControlPlaneError) -> EnvironmentHead?
    /// What an environment held at a revision; empty at 0, and for an environment that does not exist.
    func content(of environment: EnvironmentName, at revision: Int64) throws(ControlPlaneError) -> EnvironmentContent
    /// What a revision wrote: the flags that it added or changed, without those that it left alone or removed, and since
    /// when tickets count.
    func content(
        writtenBy revision: Int64, of environment: EnvironmentName
    ) throws(ControlPlaneError) -> EnvironmentContent
    /// A revision; nil: there is none of that number.
    func revision(_ number: Int64, of environment: EnvironmentName) throws(ControlPlaneError) -> RevisionRecord?
    /// At most `limit` revisions below `before` (nil: the newest), newest first; with `flag`, only those that touched it.
    func revisions(
        of environment: EnvironmentName, flag: FlagKey?, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [RevisionRecord]
    /// Every access token there was.
    func tokens() throws(ControlPlaneError) -> [TokenRecord]
    /// The instances of the fleet that were live when last written.
    func instances() throws(ControlPlaneError) -> [StoredInstance]
    /// The rollouts of an environment that are not over, by number. One that cannot be read is among them, paused for that
    /// reason.
    func liveRollouts(in environment: EnvironmentName) throws(ControlPlaneError) -> [RolloutRecord]
    /// At most `limit` rollouts of an environment below `before` (nil: the newest), newest first; with `flag`, only those
    /// that move it.
    func rollouts(
        of environment: EnvironmentName, flag: FlagKey?, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [RolloutRecord]
    /// The number of the newest rollout of all; 0: there was none.
    func lastRolloutID() throws(ControlPlaneError) -> Int64
    /// The history of a rollout, oldest first.
    func rolloutEntries(of rollout: Int64) throws(ControlPlaneError) -> [RolloutEntry]
    /// At most `limit` review items of an environment below `before` (nil: the newest), newest first.
    func reviews(
        of environment: EnvironmentName, openOnly: Bool, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [Review]
    /// The number of the newest review item of all; 0: there was none.
    func lastReviewID() throws(ControlPlaneError) -> Int64
    /// The webhooks, by name.
    func webhooks() throws(ControlPlaneError) -> [Webhook]
    /// At most `limit` deliveries to a webhook, newest first.
    func deliveries(of webhook: Int64, limit: Int) throws(ControlPlaneError) -> [WebhookDelivery]
    /// At most `limit` deliveries that wait for a webhook, oldest first.
    func waitingDeliveries(of webhook: Int64, limit: Int) throws(ControlPlaneError) -> [WebhookDelivery]
    /// How many deliveries wait for a webhook.
    func waitingDeliveryCount(of webhook: Int64) throws(ControlPlaneError) -> Int
    /// The oldest delivery that waits, for each webhook that one waits for.
    func nextDeliveries() throws(ControlPlaneError) -> [WebhookDelivery]
    /// The number of the newest delivery of all; 0: there is none.
    func lastDeliveryID() throws(ControlPlaneError) -> Int64
    /// What is stored of each pathway's use in an environment, by name; the counts are those of the hours from `hour` on.
    func pathwayRecords(
        of environment: EnvironmentName, since hour: Timestamp
    ) throws(ControlPlaneError) -> [PathwayRecord]
    /// At most `limit` scheduled changes of an environment below `before` (nil: the newest), newest first.
    func schedules(
        of environment: EnvironmentName, waitingOnly: Bool, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [ScheduledChange]
    /// A scheduled change, of whatever environment.
    func schedule(_ id: Int64) throws(ControlPlaneError) -> ScheduledChange?
    /// The numbers of the scheduled changes that wait and whose time has come, by time.
    func dueSchedules(at moment: Timestamp) throws(ControlPlaneError) -> [Int64]
    /// The number of the newest scheduled change of all; 0: there was none.
    func lastScheduleID() throws(ControlPlaneError) -> Int64
    /// At most `limit` entries after the number `after`, oldest first; with `environments`, only those that concern them.
    func auditEntries(
        after: Int64, limit: Int, environments: [EnvironmentName]?
    ) throws(ControlPlaneError) -> [AuditEntry]
    /// The last `limit` entries, oldest first; with `environments`, only those that concern them.
    func lastAuditEntries(
        limit: Int, environments: [EnvironmentName]?
    ) throws(ControlPlaneError) -> [AuditEntry]
}

extension StoredState {
    /// What is in force in an environment that must be there.
    func existingHead(of environment: EnvironmentName) throws(ControlPlaneError) -> EnvironmentHead {
        if let head = try self.head(of: environment) { return head }
        let names = try self.heads().map(\.name.text)
        throw .unknownEnvironment(
            environment, suggestion: NearestName.suggestion(for: environment.text, among: names))
    }

    /// A rollout that must be there.
    func existingRollout(
        _ id: Int64, in environment: EnvironmentName
    ) throws(ControlPlaneError) -> RolloutRecord {
        _ = try self.existingHead(of: environment)
        // Below the next number, the first that is not above this one.
        let found = try self.rollouts(of: environment, flag: nil, before: id == .max ? nil : id + 1, limit: 1).first
        guard let found, found.id == id else { throw .unknownRollout(id, environment) }
        return found
    }

    /// A review item that must be there.
    func existingReview(_ id: Int64, in environment: EnvironmentName) throws(ControlPlaneError) -> Review {
        _ = try self.existingHead(of: environment)
        let before = id == .max ? nil : id + 1
        let found = try self.reviews(of: environment, openOnly: false, before: before, limit: 1).first
        guard let found, found.id == id else { throw .unknownReview(id, environment) }
        return found
    }

    /// A scheduled change that must be there.
    func existingSchedule(
        _ id: Int64, in environment: EnvironmentName
    ) throws(ControlPlaneError) -> ScheduledChange {
        _ = try self.existingHead(of: environment)
        guard let found = try self.schedule(id), found.environment == environment else {
            throw .unknownSchedule(id, environment)
        }
        return found
    }

    /// A webhook that must be there.
    func existingWebhook(named name: String) throws(ControlPlaneError) -> Webhook {
        let webhooks = try self.webhooks()
        if let webhook = webhooks.first(where: { $0.name == name }) { return webhook }
        throw .unknownWebhook(name, suggestion: NearestName.suggestion(for: name, among: webhooks.map(\.name)))
    }

    /// What an environment held at a revision that must be there; 0 is the emptiness before the first.
    func existingContent(
        of head: EnvironmentHead, at revision: Int64
    ) throws(ControlPlaneError) -> EnvironmentContent {
        guard (0...head.revision).contains(revision) else {
            throw .unknownRevision(head.name, revision: revision, newest: head.revision)
        }
        return revision == head.revision ? head.content : try self.content(of: head.name, at: revision)
    }
}
