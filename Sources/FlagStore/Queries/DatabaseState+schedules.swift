internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseState {
    func schedules(
        of environment: EnvironmentName, waitingOnly: Bool, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [ScheduledChange] {
        try self.query {
            try self.rows(
                """
                \(Self.scheduleColumns) WHERE environments.name = ? AND schedules.id < ?
                \(waitingOnly ? "AND schedules.state = 'waiting'" : "") ORDER BY schedules.id DESC LIMIT ?
                """, [environment.text, before ?? .max, limit]
            ).map(self.schedule(of:))
        }
    }

    func schedule(_ id: Int64) throws(ControlPlaneError) -> ScheduledChange? {
        try self.query {
            try self.rows("\(Self.scheduleColumns) WHERE schedules.id = ?", [id]).first.map(self.schedule(of:))
        }
    }

    func dueSchedules(at moment: Timestamp) throws(ControlPlaneError) -> [Int64] {
        try self.query {
            try self.rows(
                "SELECT id FROM schedules WHERE state = 'waiting' AND at <= ? ORDER BY at, id",
                [moment.millisecondsSinceEpoch]
            ).map { $0["id"] }
        }
    }

    func lastScheduleID() throws(ControlPlaneError) -> Int64 {
        try self.query { try self.rows("SELECT coalesce(max(id), 0) AS id FROM schedules").first?["id"] ?? 0 }
    }

    private static let scheduleColumns = """
        SELECT schedules.*, environments.name AS environment_name
        FROM schedules JOIN environments ON environments.id = schedules.environment
        """

    private func schedule(of row: Row) throws -> ScheduledChange {
        let id: Int64 = row["id"]
        let place = "schedule \(id)"
        guard let state = ScheduledChange.State(rawValue: row["state"]) else {
            throw self.corrupt(place, "its state is none that it can be in")
        }
        let content: ScheduledChange.Content
        do {
            content = try ScheduledChange.Content(json: try self.json(row["content"], place))
        } catch let fault as InvalidDocument {
            throw self.corrupt(place, fault)
        }
        let grace: Int64? = row["grace"]
        let settledAt: Int64? = row["settled_at"]
        var change = ScheduledChange(
            id: id, environment: EnvironmentName(unchecked: row["environment_name"]), at: Timestamp(column: row["at"]),
            ifMissed: grace.map { .skip(grace: $0) } ?? .runLate, content: content,
            baseRevision: row["base_revision"], author: row["author"], token: row["token"], reason: row["reason"],
            createdAt: Timestamp(column: row["created_at"]))
        change.state = state
        change.settledAt = settledAt.map(Timestamp.init(column:))
        change.revision = row["revision"]
        change.note = row["note"]
        return change
    }
}
