internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseWrites {
    func store(_ review: Review) throws {
        if let closing = review.closing {
            try self.execute(
                "UPDATE reviews SET closed_at = ?, closed_by = ?, note = ? WHERE id = ?",
                [closing.at.millisecondsSinceEpoch, closing.by, closing.note, review.id])
            return
        }
        try self.execute(
            """
            INSERT INTO reviews (id, environment, cause, author, reason, at, revision, rollout, flags, evidence)
            SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ? FROM environments WHERE name = ?
            """,
            [
                review.id, review.cause.rawValue, review.author, review.reason, review.at.millisecondsSinceEpoch,
                review.revision, review.rollout, JSONValue.array(review.flags.map { .string($0.text) }).canonical,
                review.evidence?.canonical, review.environment.text,
            ])
    }
}
