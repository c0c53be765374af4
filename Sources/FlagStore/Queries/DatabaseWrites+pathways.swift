internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseWrites {
    func add(_ uses: [PathwayUse]) throws {
        for use in uses {
            let at = use.at.millisecondsSinceEpoch
            try self.execute(
                """
                INSERT INTO pathway_usage (environment, pathway, hour, attempts, grants, last_attempt, last_grant)
                SELECT id, ?, ?, ?, ?, ?, ? FROM environments WHERE name = ?
                ON CONFLICT (environment, pathway, hour) DO UPDATE SET
                    attempts = attempts + excluded.attempts, grants = grants + excluded.grants,
                    last_attempt = coalesce(excluded.last_attempt, last_attempt),
                    last_grant = coalesce(excluded.last_grant, last_grant)
                """,
                [
                    use.pathway, use.hour.millisecondsSinceEpoch, use.counts.attempts, use.counts.grants,
                    use.counts.attempts > 0 ? at : nil, use.counts.grants > 0 ? at : nil, use.environment.text,
                ])
            try self.prune(use)
        }
    }

    /// Deletes the hours of a pathway that nobody can ask for any more. The first one stays, as it says since when the
    /// pathway is counted, and so do those of the last attempt and the last grant.
    private func prune(_ use: PathwayUse) throws {
        try self.execute(
            """
            WITH kept AS (
                SELECT min(hour) AS first, max(last_attempt) AS last_attempt, max(last_grant) AS last_grant
                FROM pathway_usage
                WHERE environment = (SELECT id FROM environments WHERE name = ?1) AND pathway = ?2
            )
            DELETE FROM pathway_usage
            WHERE environment = (SELECT id FROM environments WHERE name = ?1) AND pathway = ?2 AND hour < ?3
                AND hour <> (SELECT first FROM kept)
                AND last_attempt IS NOT (SELECT coalesce(last_attempt, 0) FROM kept)
                AND last_grant IS NOT (SELECT coalesce(last_grant, 0) FROM kept)
            """,
            [use.environment.text, use.pathway, use.keptSince.millisecondsSinceEpoch])
    }
}
