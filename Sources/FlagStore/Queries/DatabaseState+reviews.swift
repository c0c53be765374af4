internal import ControlPlane
internal import FlagModel
internal import GRDB

extension DatabaseState {
    func reviews(
        of environment: EnvironmentName, openOnly: Bool, before: Int64?, limit: Int
    ) throws(ControlPlaneError) -> [Review] {
        try self.query {
            try self.rows(
                """
                SELECT * FROM reviews
                WHERE environment = (SELECT id FROM environments WHERE name = ?) AND id < ?
                \(openOnly ? "AND closed_at IS NULL" : "")
                ORDER BY id DESC LIMIT ?
                """, [environment.text, before ?? .max, limit]
            ).map { try self.review(of: $0, in: environment) }
        }
    }

    func lastReviewID() throws(ControlPlaneError) -> Int64 {
        try self.query { try self.rows("SELECT coalesce(max(id), 0) AS id FROM reviews").first?["id"] ?? 0 }
    }

    private func review(of row: Row, in environment: EnvironmentName) throws -> Review {
        let id: Int64 = row["id"]
        let place = "review \(id)"
        guard let cause = Review.Cause(rawValue: row["cause"]) else {
            throw self.corrupt(place, "it is of a kind that this program does not know")
        }
        let flags = try self.json(row["flags"], place).arrayValue?.compactMap(\.stringValue) ?? []
        let evidence: String? = row["evidence"]
        let closedAt: Int64? = row["closed_at"]
        return Review(
            id: id, environment: environment, cause: cause, author: row["author"], reason: row["reason"],
            at: Timestamp(column: row["at"]), revision: row["revision"], rollout: row["rollout"],
            flags: flags.map { FlagKey(unchecked: $0) }, evidence: try evidence.map { try self.json($0, place) },
            closing: closedAt.map {
                Review.Closing(by: row["closed_by"], at: Timestamp(column: $0), note: row["note"])
            })
    }
}
