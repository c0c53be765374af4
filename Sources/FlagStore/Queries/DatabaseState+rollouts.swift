internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseState {
    func liveRollouts(in environment: EnvironmentName) throws(ControlPlaneError) -> [RolloutRecord] {
        try self.query {
            try self.rows(
                "\(Self.rolloutColumns) WHERE environments.name = ? AND rollouts.is_live = 1 ORDER BY rollouts.id",
                [environment.text]
            ).map(self.rollout(of:))
        }
    }

    func rollouts(
        of environment: EnvironmentName, flag: FlagKey?, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [RolloutRecord] {
        try self.query {
            try self.rows(
                """
                \(Self.rolloutColumns) WHERE environments.name = ? AND rollouts.id < ?
                AND (? IS NULL OR rollouts.flag = ?)
                ORDER BY rollouts.id DESC LIMIT ?
                """, [environment.text, before ?? .max, flag?.text, flag?.text, limit]
            ).map(self.rollout(of:))
        }
    }

    func lastRolloutID() throws(ControlPlaneError) -> Int64 {
        try self.query { try self.rows("SELECT coalesce(max(id), 0) AS id FROM rollouts").first?["id"] ?? 0 }
    }

    func rolloutEntries(of rollout: Int64) throws(ControlPlaneError) -> [RolloutEntry] {
        try self.query {
            try self.rows("SELECT * FROM rollout_entries WHERE rollout = ? ORDER BY id", [rollout]).map { row in
                let reason: String? = row["reason"]
                return RolloutEntry(
                    rollout: rollout, at: Timestamp(column: row["at"]), actor: row["actor"], name: row["name"],
                    step: row["step"], revision: row["revision"],
                    reason: RolloutReason(
                        json: try reason.map { try self.json($0, "the history of rollout \(rollout)") }))
            }
        }
    }

    private static let rolloutColumns = """
        SELECT rollouts.*, environments.name AS environment_name
        FROM rollouts JOIN environments ON environments.id = rollouts.environment
        """

    private func rollout(of row: Row) throws -> RolloutRecord {
        let id: Int64 = row["id"]
        return RolloutRecord(
            id: id, environment: EnvironmentName(unchecked: row["environment_name"]),
            baseRevision: row["base_revision"],
            author: row["author"], reason: row["reason"], createdAt: Timestamp(column: row["created_at"]),
            updatedAt: Timestamp(column: row["updated_at"]), machine: self.machine(of: row, "rollout \(id)"))
    }

    /// A rollout that cannot be read holds up no other, nor a commit or a kill: it stands still.
    private func machine(of row: Row, _ place: String) -> RolloutMachine {
        let startsAt: Int64? = row["starts_at"]
        let fault: String
        do {
            let plan = try RolloutPlan(json: try self.json(row["plan"], place))
            let state = try self.json(row["state"], place)
            if let machine = RolloutMachine(plan, startsAt: startsAt.map(Timestamp.init(column:)), stateJSON: state) {
                return machine
            }
            fault = "its state is none that a rollout can be in"
        } catch {
            fault = "\(error)"
        }
        let isLive: Bool = row["is_live"]
        return RolloutMachine(
            unreadable: FlagKey(unchecked: row["flag"]), fault, isOver: !isLive,
            stateJSON: try? self.json(row["state"], place))
    }
}
