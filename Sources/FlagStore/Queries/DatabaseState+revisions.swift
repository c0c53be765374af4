internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseState {
    func revision(
        _ number: Int64, of environment: EnvironmentName
    ) throws(ControlPlaneError) -> RevisionRecord? {
        try self.query {
            guard let id = try self.id(of: environment) else { return nil }
            return try self.rows(Self.revisionQuery("number = ?"), [id, number]).first.map(self.revision(of:))
        }
    }

    func revisions(
        of environment: EnvironmentName, flag: FlagKey?, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [RevisionRecord] {
        try self.query {
            guard let id = try self.id(of: environment) else { return [] }
            let before = before ?? .max
            let page = "number < ? ORDER BY number DESC LIMIT ?"
            guard let flag else {
                return try self.rows(Self.revisionQuery(page), [id, before, limit]).map(self.revision(of:))
            }
            let touching = "number IN (SELECT revision FROM flag_versions WHERE environment = ? AND key = ?) AND "
            return try self.rows(Self.revisionQuery(touching + page), [id, id, flag.text, before, limit])
                .map(self.revision(of:))
        }
    }

    /// The query for an environment's revisions, each with the flags and segments that it changed.
    private static func revisionQuery(_ condition: String) -> String {
        """
        SELECT number, at, author, reason, origin, restored, digest,
            (SELECT json_group_array(key) FROM (
                SELECT key FROM flag_versions v
                WHERE v.environment = r.environment AND v.revision = r.number ORDER BY key)) AS flags,
            (SELECT json_group_array(name) FROM (
                SELECT name FROM segment_versions v
                WHERE v.environment = r.environment AND v.revision = r.number ORDER BY name)) AS segments
        FROM revisions r WHERE environment = ? AND \(condition)
        """
    }

    private func revision(of row: Row) throws -> RevisionRecord {
        let number: Int64 = row["number"]
        let word: String = row["origin"]
        guard let origin = RevisionOrigin(rawValue: word) else {
            throw self.corrupt("revision \(number)", "\"\(word)\" is not a way in which revisions come to be")
        }
        let flags = try self.json(row["flags"], "the flags of revision \(number)").arrayValue ?? []
        let segments = try self.json(row["segments"], "the segments of revision \(number)").arrayValue ?? []
        return RevisionRecord(
            number: number, at: Timestamp(column: row["at"]), author: row["author"], reason: row["reason"],
            origin: origin, restoredRevision: row["restored"], digest: row["digest"],
            flags: flags.compactMap(\.stringValue).map(FlagKey.init(unchecked:)),
            segments: segments.compactMap(\.stringValue).map(SegmentName.init(unchecked:)))
    }
}
