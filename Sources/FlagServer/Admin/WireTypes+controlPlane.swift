internal import ControlPlane
internal import FlagAPI
internal import FlagModel

// What the control plane knows, in the words of the wire.

extension RevisionSummary {
    init(_ record: RevisionRecord) {
        self.init(
            revision: record.number, at: record.at, author: record.author, reason: record.reason,
            kind: RevisionKind(record.origin), restoredRevision: record.restoredRevision, digest: record.digest,
            flags: record.flags.map(\.text), segments: record.segments.isEmpty ? nil : record.segments.map(\.text))
    }
}

extension RevisionKind {
    init(_ origin: RevisionOrigin) {
        switch origin {
        case .commit: self = .commit
        case .rollback: self = .rollback
        case .kill: self = .kill
        case .apply: self = .apply
        case .rollout: self = .rollout
        }
    }
}

extension CommitResult {
    init(
        _ outcome: CommitOutcome, verification: RollbackVerification? = nil, impact: ImpactReport? = nil
    ) {
        self.init(
            environment: outcome.environment, revision: outcome.revision, previousRevision: outcome.previousRevision,
            digest: outcome.digest, changed: outcome.isChanged, dryRun: outcome.isDryRun,
            kind: RevisionKind(outcome.origin), restoredRevision: outcome.restoredRevision, at: outcome.at,
            difference: outcome.difference, settingsChanged: outcome.settingsChanged,
            settingsDifference: outcome.settingsDifference, created: outcome.isCreated,
            keptKilled: outcome.keptKilled,
            verification: verification.map {
                RollbackCheck(sample: Int64($0.sample), flags: $0.flags, differing: $0.differing)
            }, review: outcome.review, impact: impact)
    }
}

extension EnvironmentSummary {
    init(_ head: EnvironmentHead, at now: Timestamp) {
        self.init(
            name: head.name, description: head.settings.description, protected: head.settings.isProtected,
            revision: head.revision, digest: head.snapshot.digest, flagCount: head.content.flags.count,
            frozen: head.freeze(at: now).map { FreezeDetail(by: $0.name, until: $0.until) })
    }
}

extension EnvironmentDetail {
    init(_ head: EnvironmentHead, at now: Timestamp) {
        self.init(
            summary: EnvironmentSummary(head, at: now),
            invariants: head.settings.invariants.map {
                InvariantDetail(name: $0.name, message: $0.message, rule: $0.rule, flags: $0.flagKeys)
            })
    }
}

extension TokenSummary {
    init(_ record: TokenRecord) {
        self.init(
            name: record.name, role: record.role.rawValue, environments: record.environments,
            createdAt: record.createdAt, createdBy: record.createdBy, expiresAt: record.expiresAt,
            revokedAt: record.revokedAt)
    }
}

extension WhoAmI {
    init(_ grant: Grant) {
        self.init(
            name: grant.name, role: grant.role.rawValue, environments: grant.environments, expiresAt: grant.expiresAt)
    }
}
