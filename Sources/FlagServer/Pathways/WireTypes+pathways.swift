internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import TicketRuntime

extension HandshakeResult {
    init(_ identity: HandshakeIdentity, subprotocol: String?) {
        self.init(
            userID: identity.userID, email: identity.email, permissions: identity.permissions,
            metadata: identity.metadata, pathway: identity.pathway.rawValue, subprotocol: subprotocol,
            expiresAt: identity.expiresAt?.secondsSinceEpoch, revision: identity.revision)
    }
}

extension PathwayList {
    /// Every pathway in the order in which they are tried, whether or not it was ever used.
    init(_ snapshot: Snapshot, _ records: [PathwayRecord], windowSeconds: Int64) {
        let policy = TicketPolicy(snapshot)
        let known = Dictionary(uniqueKeysWithValues: records.map { ($0.pathway, $0) })
        self.init(
            environment: snapshot.environment, revision: snapshot.revision, windowSeconds: windowSeconds,
            pathways: Pathway.allCases.map { pathway in
                PathwaySummary(
                    pathway, reach: PathwayReach(policy.isEnabledForEveryone(pathway)),
                    percentage: snapshot[TicketFlags.toggle(of: pathway)]?.definition.percentageLetIn,
                    known[pathway.rawValue])
            })
    }
}

extension PathwayReach {
    fileprivate init(_ isEnabledForEveryone: Bool?) {
        self = isEnabledForEveryone.map { $0 ? .everyone : .nobody } ?? .some
    }
}

extension PathwaySummary {
    fileprivate init(_ pathway: Pathway, reach: PathwayReach, percentage: Percentage?, _ record: PathwayRecord?) {
        self.init(
            pathway: pathway.rawValue, flag: TicketFlags.toggle(of: pathway), reach: reach,
            percentage: percentage?.percent, attempts: record?.counts.attempts ?? 0,
            grants: record?.counts.grants ?? 0, refusals: record?.counts.refusals ?? 0,
            lastAttempt: record?.lastAttempt, lastGrant: record?.lastGrant, watchedSince: record?.watchedSince)
    }
}

extension FlagDefinition {
    /// The share of users whom a toggle's rollout lets in, whichever of its variants is rolled out; nil: it has none.
    fileprivate var percentageLetIn: Percentage? {
        guard let rollout = self.rollout else { return nil }
        let share = rollout.percentage.thousandths
        return self.variants[rollout.variant] == true
            ? rollout.percentage : Percentage(thousandths: Percentage.full.thousandths - share)
    }
}
