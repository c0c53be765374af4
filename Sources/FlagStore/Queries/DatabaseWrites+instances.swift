internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseWrites {
    func store(_ instances: [StoredInstance]) throws {
        for instance in instances {
            let report = instance.report
            try self.execute(
                """
                INSERT OR REPLACE INTO instances
                    (environment, id, owner, name, version, labels, revision, digest, source, first_seen, last_seen)
                SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM environments WHERE name = ?
                """,
                [
                    report.id.text, instance.owner, report.name, report.version,
                    JSONValue.object(report.labels.mapValues { .string($0) }).canonical, report.revision,
                    report.digest, report.source, instance.firstSeen.millisecondsSinceEpoch,
                    instance.lastSeen.millisecondsSinceEpoch, instance.environment.text,
                ])
        }
    }

    func forget(_ ids: [InstanceID], in environment: EnvironmentName) throws {
        for id in ids {
            try self.execute(
                "DELETE FROM instances WHERE id = ? AND environment = (SELECT id FROM environments WHERE name = ?)",
                [id.text, environment.text])
        }
    }
}
