internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseWrites {
    func store(_ change: ScheduledChange) throws {
        guard change.state == .waiting else {
            try self.execute(
                "UPDATE schedules SET state = ?, settled_at = ?, revision = ?, note = ? WHERE id = ?",
                [
                    change.state.rawValue, change.settledAt?.millisecondsSinceEpoch, change.revision, change.note,
                    change.id,
                ])
            return
        }
        var grace: Int64?
        if case .skip(let seconds) = change.ifMissed { grace = seconds }
        try self.execute(
            """
            INSERT INTO schedules
                (id, environment, at, grace, content, base_revision, author, token, reason, created_at, state)
            SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM environments WHERE name = ?
            """,
            [
                change.id, change.at.millisecondsSinceEpoch, grace, change.content.json.canonical, change.baseRevision,
                change.author, change.token, change.reason, change.createdAt.millisecondsSinceEpoch,
                change.state.rawValue, change.environment.text,
            ])
    }
}
