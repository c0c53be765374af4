internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseState {
    func auditEntries(
        after: Int64, limit: Int, environments: [EnvironmentName]?
    ) throws(ControlPlaneError) -> [AuditEntry] {
        try self.query { try self.entries("sequence > ?1", environments, "sequence", [after, limit]) }
    }

    func lastAuditEntries(
        limit: Int, environments: [EnvironmentName]?
    ) throws(ControlPlaneError) -> [AuditEntry] {
        try self.query { try self.entries("?1 IS NULL", environments, "sequence DESC", [nil, limit]).reversed() }
    }

    /// Entries for which `condition` holds and, if there are `environments`, that concern one of them.
    private func entries(
        _ condition: String, _ environments: [EnvironmentName]?, _ order: String, _ arguments: StatementArguments
    ) throws -> [AuditEntry] {
        let names = environments.map { JSONValue.array($0.map { .string($0.text) }).canonical }
        let concerning = names == nil ? "" : "AND environment IN (SELECT value FROM json_each(?3))"
        return try self.rows(
            "SELECT * FROM audit_entries WHERE \(condition) \(concerning) ORDER BY \(order) LIMIT ?2",
            arguments + (names.map { [$0] } ?? [])
        ).map(self.entry(of:))
    }

    private func entry(of row: Row) throws -> AuditEntry {
        let sequence: Int64 = row["sequence"]
        let environment: String? = row["environment"]
        var entry = AuditEntry(
            following: nil, at: Timestamp(column: row["at"]), actor: row["actor"], action: row["action"],
            environment: environment.map(EnvironmentName.init(unchecked:)), revision: row["revision"],
            reason: row["reason"], detail: try self.json(row["detail"], "the detail of audit entry \(sequence)"))
        // What is stored, be it true or not: the verifier is the one to say.
        entry.sequence = sequence
        entry.previous = row["previous"]
        entry.digest = row["digest"]
        return entry
    }
}
