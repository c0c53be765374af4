internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseState {
    func pathwayRecords(
        of environment: EnvironmentName, since hour: Timestamp
    ) throws(ControlPlaneError) -> [PathwayRecord] {
        try self.query {
            try self.rows(
                """
                SELECT pathway, min(hour) AS first, max(last_attempt) AS last_attempt, max(last_grant) AS last_grant,
                    sum(iif(hour >= ?1, attempts, 0)) AS attempts, sum(iif(hour >= ?1, grants, 0)) AS grants
                FROM pathway_usage WHERE environment = (SELECT id FROM environments WHERE name = ?2)
                GROUP BY pathway ORDER BY pathway
                """, [hour.millisecondsSinceEpoch, environment.text]
            ).map { row in
                let (lastAttempt, lastGrant): (Int64?, Int64?) = (row["last_attempt"], row["last_grant"])
                return PathwayRecord(
                    pathway: row["pathway"], counts: PathwayCounts(attempts: row["attempts"], grants: row["grants"]),
                    lastAttempt: lastAttempt.map(Timestamp.init(column:)),
                    lastGrant: lastGrant.map(Timestamp.init(column:)),
                    watchedSince: Timestamp(column: row["first"]))
            }
        }
    }
}
