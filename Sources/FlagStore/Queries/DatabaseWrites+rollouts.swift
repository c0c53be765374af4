internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseWrites {
    func store(_ rollout: RolloutRecord) throws {
        let machine = rollout.machine
        let state = machine.stateJSON.canonical
        let isLive = !machine.phase.isOver
        try self.execute(
            "UPDATE rollouts SET state = ?, is_live = ?, base_revision = ?, updated_at = ? WHERE id = ?",
            [state, isLive, rollout.baseRevision, rollout.updatedAt.millisecondsSinceEpoch, rollout.id])
        guard self.db.changesCount == 0 else { return }
        try self.execute(
            """
            INSERT INTO rollouts
                (id, environment, flag, base_revision, plan, starts_at, author, reason, created_at, updated_at, state,
                is_live)
            SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM environments WHERE name = ?
            """,
            [
                rollout.id, rollout.flag.text, rollout.baseRevision, machine.plan.json.canonical,
                machine.startsAt?.millisecondsSinceEpoch, rollout.author, rollout.reason,
                rollout.createdAt.millisecondsSinceEpoch, rollout.updatedAt.millisecondsSinceEpoch, state, isLive,
                rollout.environment.text,
            ])
    }

    func append(_ entry: RolloutEntry) throws {
        try self.execute(
            "INSERT INTO rollout_entries (rollout, at, actor, name, step, revision, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                entry.rollout, entry.at.millisecondsSinceEpoch, entry.actor, entry.name, entry.step, entry.revision,
                entry.reason?.json.canonical,
            ])
    }
}
