internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseState {
    func instances() throws(ControlPlaneError) -> [StoredInstance] {
        try self.query {
            try self.rows(
                """
                SELECT instances.*, environments.name AS environment_name
                FROM instances JOIN environments ON environments.id = instances.environment
                ORDER BY environment_name, instances.id
                """
            ).map(self.instance(of:))
        }
    }

    private func instance(of row: Row) throws -> StoredInstance {
        let id: String = row["id"]
        let labels = try self.json(row["labels"], "instance \(id)").objectValue ?? [:]
        return StoredInstance(
            environment: EnvironmentName(unchecked: row["environment_name"]),
            report: FleetReport(
                id: InstanceID(unchecked: id), name: row["name"], version: row["version"],
                labels: labels.compactMapValues(\.stringValue), revision: row["revision"], digest: row["digest"],
                source: row["source"]),
            owner: row["owner"], firstSeen: Timestamp(column: row["first_seen"]),
            lastSeen: Timestamp(column: row["last_seen"]))
    }
}
