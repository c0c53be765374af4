internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseState {
    func heads() throws(ControlPlaneError) -> [EnvironmentHead] {
        try self.query {
            try self.rows("SELECT id, name, settings, version FROM environments ORDER BY name").map(self.head(of:))
        }
    }

    func head(of environment: EnvironmentName) throws(ControlPlaneError) -> EnvironmentHead? {
        try self.query {
            try self.rows(
                "SELECT id, name, settings, version FROM environments WHERE name = ?", [environment.text]
            ).first.map(self.head(of:))
        }
    }

    func content(
        of environment: EnvironmentName, at revision: Int64
    ) throws(ControlPlaneError) -> EnvironmentContent {
        try self.query {
            guard let id = try self.id(of: environment) else { return EnvironmentContent() }
            return try self.content(of: id, named: environment, at: revision)
        }
    }

    func content(
        writtenBy revision: Int64, of environment: EnvironmentName
    ) throws(ControlPlaneError) -> EnvironmentContent {
        try self.query {
            guard let id = try self.id(of: environment) else { return EnvironmentContent() }
            let versions = StoredVersions(
                flags: try self.rows(
                    "SELECT key AS name, definition FROM flag_versions WHERE environment = ? AND revision = ?",
                    [id, revision]),
                segments: try self.rows(
                    "SELECT name, definition FROM segment_versions WHERE environment = ? AND revision = ?",
                    [id, revision]))
            return try self.content(in: versions, of: id, named: environment, at: revision)
        }
    }

    /// The key of an environment's row.
    func id(of environment: EnvironmentName) throws -> Int64? {
        try self.rows("SELECT id FROM environments WHERE name = ?", [environment.text]).first?["id"]
    }

    private func head(of row: Row) throws -> EnvironmentHead {
        let name = EnvironmentName(unchecked: row["name"])
        let version: Int64 = row["version"]
        let stored: String = row["settings"]
        // By their text as well: who changes settings behind the server's back does not count the version up.
        if let head = self.cache.head(of: name, version: version), head.settings.json.canonical == stored {
            return head
        }

        let place = "the settings of \(name)"
        let settings: EnvironmentSettings
        do {
            settings = try EnvironmentSettings(json: try self.json(stored, place))
        } catch let fault as InvalidDocument {
            throw self.corrupt(place, fault)
        }
        let id: Int64 = row["id"]
        let newest = try self.rows(
            "SELECT number, digest FROM revisions WHERE environment = ? ORDER BY number DESC LIMIT 1", [id]
        ).first
        let revision: Int64 = newest?["number"] ?? 0
        let snapshot = Snapshot(
            environment: name, revision: revision, content: try self.content(of: id, named: name, at: revision))
        if let stored: String = newest?["digest"], stored != snapshot.digest {
            throw self.corrupt("revision \(revision) of \(name)", "its flags do not have its digest \(stored)")
        }
        let head = EnvironmentHead(settings: settings, snapshot: snapshot, version: version)
        self.cache.store(head)
        return head
    }

    private func content(
        of id: Int64, named name: EnvironmentName, at revision: Int64
    ) throws -> EnvironmentContent {
        // A row of a query with one max() has its other columns from the row that has the maximum (SQLite's "bare
        // columns"): the newest version of each key, in one pass over the index.
        let versions = StoredVersions(
            flags: try self.rows(
                """
                SELECT key AS name, definition, max(revision) FROM flag_versions
                WHERE environment = ? AND revision <= ? GROUP BY key
                """, [id, revision]),
            segments: try self.rows(
                """
                SELECT name, definition, max(revision) FROM segment_versions
                WHERE environment = ? AND revision <= ? GROUP BY name
                """, [id, revision]))
        return try self.content(in: versions, of: id, named: name, at: revision)
    }

    private func content(
        in versions: StoredVersions, of id: Int64, named name: EnvironmentName, at revision: Int64
    ) throws -> EnvironmentContent {
        var content = EnvironmentContent()
        content.flags = try self.read(versions.flags, "flag", of: name, at: revision) {
            key, json throws(InvalidDocument) in
            try FlagDefinition(json: json, key: key, at: "")
        }
        content.segments = try self.read(versions.segments, "segment", of: name, at: revision) {
            _, json throws(InvalidDocument) in
            try Segment(json: json, at: "")
        }
        let record = try self.rows(
            """
            SELECT tickets_not_before, tickets_not_before_revision, metadata FROM revisions
            WHERE environment = ? AND number = ?
            """, [id, revision]
        ).first
        let ticketsNotBefore: Int64? = record?["tickets_not_before"]
        content.ticketsNotBefore = ticketsNotBefore.map(Timestamp.init(column:))
        content.ticketsNotBeforeRevision = record?["tickets_not_before_revision"]
        if let text: String = record?["metadata"] {
            content.metadata = try self.json(text, "the metadata of \(name) at revision \(revision)").objectValue ?? [:]
        }
        return content
    }

    /// The versions of a content's parts, before they are read.
    private struct StoredVersions {
        var flags: [Row]
        var segments: [Row]
    }

    /// Reads the versions that say something; those without a definition say that it was removed.
    private func read<Key: Name, Value>(
        _ rows: [Row], _ noun: String, of environment: EnvironmentName, at revision: Int64,
        _ read: (Key, JSONValue) throws(InvalidDocument) -> Value
    ) throws -> [Key: Value] {
        var values: [Key: Value] = [:]
        for row in rows {
            guard let text: String = row["definition"] else { continue }
            let key = Key(unchecked: row["name"])
            let place = "the \(noun) \(key) of \(environment) at revision \(revision)"
            do {
                values[key] = try read(key, try self.json(text, place))
            } catch let fault as InvalidDocument {
                throw self.corrupt(place, fault)
            }
        }
        return values
    }
}
