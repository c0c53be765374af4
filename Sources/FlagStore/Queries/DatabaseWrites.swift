internal import ControlPlane
internal import FlagModel
internal import Foundation
internal import GRDB

/// Carries out a decision's writes inside the transaction that it was made in.
struct DatabaseWrites {
    let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Carries them out in order.
    func perform(_ writes: [StorageWrite]) throws {
        for write in writes {
            switch write {
            case .environment(let write): try self.perform(write)
            case .createToken(let token): try self.create(token)
            case .revokeToken(let id, let moment):
                try self.execute(
                    "UPDATE access_tokens SET revoked_at = ? WHERE id = ?", [moment.millisecondsSinceEpoch, id])
            case .instances(let instances): try self.store(instances)
            case .forgetInstances(let ids, let environment): try self.forget(ids, in: environment)
            case .rollout(let record): try self.store(record)
            case .rolloutEntry(let entry): try self.append(entry)
            case .review(let review): try self.store(review)
            case .webhook(let webhook): try self.store(webhook)
            case .deleteWebhook(let id): try self.delete(webhook: id)
            case .delivery(let delivery): try self.store(delivery)
            case .forgetDeliveries(let webhook, let count): try self.forgetDeliveries(of: webhook, beyond: count)
            case .pathwayUses(let uses): try self.add(uses)
            case .schedule(let change): try self.store(change)
            case .audit(let draft): try self.append(draft)
            }
        }
    }

    private func perform(_ write: EnvironmentWrite) throws {
        let head = write.head
        let settings = head.settings.json.canonical
        if head.version == 1 {
            try self.execute(
                "INSERT INTO environments (name, settings, version, created_at, created_by) VALUES (?, ?, 1, ?, ?)",
                [head.name.text, settings, write.at.millisecondsSinceEpoch, write.author])
        } else {
            try self.execute(
                "UPDATE environments SET settings = ?, version = ? WHERE name = ?",
                [settings, head.version, head.name.text])
        }
        guard let revision = write.revision else { return }
        let id = try Int64.fetchOne(
            try self.db.cachedStatement(sql: "SELECT id FROM environments WHERE name = ?"), arguments: [head.name.text])
        try self.execute(
            """
            INSERT INTO revisions
                (environment, number, at, author, reason, origin, restored, digest, tickets_not_before,
                tickets_not_before_revision, metadata)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, revision.number, revision.at.millisecondsSinceEpoch, revision.author, revision.reason,
                revision.origin.rawValue, revision.restoredRevision, revision.digest,
                head.content.ticketsNotBefore?.millisecondsSinceEpoch, head.content.ticketsNotBeforeRevision,
                head.content.metadata.isEmpty ? nil : JSONValue.object(head.content.metadata).canonical,
            ])
        for key in revision.flags {
            try self.execute(
                "INSERT INTO flag_versions (environment, key, revision, definition) VALUES (?, ?, ?, ?)",
                [id, key.text, revision.number, head.content.flags[key]?.json.canonical])
        }
        for name in revision.segments {
            try self.execute(
                "INSERT INTO segment_versions (environment, name, revision, definition) VALUES (?, ?, ?, ?)",
                [id, name.text, revision.number, head.content.segments[name]?.json.canonical])
        }
    }

    private func create(_ token: TokenRecord) throws {
        let environments = token.environments.map { JSONValue.array($0.map { .string($0.text) }).canonical }
        try self.execute(
            """
            INSERT INTO access_tokens (id, name, hash, role, environments, created_at, created_by, expires_at, revoked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                token.id, token.name, Data(token.hash.bytes), token.role.rawValue, environments,
                token.createdAt.millisecondsSinceEpoch, token.createdBy, token.expiresAt?.millisecondsSinceEpoch,
                token.revokedAt?.millisecondsSinceEpoch,
            ])
    }

    private func append(_ draft: AuditDraft) throws {
        let last = try Row.fetchOne(
            try self.db.cachedStatement(
                sql: "SELECT sequence, digest FROM audit_entries ORDER BY sequence DESC LIMIT 1"))
        let previous = last.map { (sequence: $0["sequence"] as Int64, digest: $0["digest"] as String) }
        let entry = draft.entry(following: previous)
        try self.execute(
            """
            INSERT INTO audit_entries
                (sequence, at, actor, action, environment, revision, reason, detail, previous, digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                entry.sequence, entry.at.millisecondsSinceEpoch, entry.actor, entry.action, entry.environment?.text,
                entry.revision, entry.reason, entry.detail.canonical, entry.previous, entry.digest,
            ])
    }

    func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try self.db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
