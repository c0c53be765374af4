internal import ControlPlane
internal import FlagModel
internal import Foundation
internal import GRDB

extension DatabaseState {
    func tokens() throws(ControlPlaneError) -> [TokenRecord] {
        try self.query { try self.rows("SELECT * FROM access_tokens ORDER BY id").map(self.token(of:)) }
    }

    private func token(of row: Row) throws -> TokenRecord {
        let id: Int64 = row["id"]
        let word: String = row["role"]
        guard let role = Role(rawValue: word) else {
            throw self.corrupt("access token \(id)", "\"\(word)\" is not a role")
        }
        guard let hash = TokenHash([UInt8](row["hash"] as Data)) else {
            throw self.corrupt("access token \(id)", "its hash has not 32 bytes")
        }
        let environments: String? = row["environments"]
        let names = try environments.map { try self.json($0, "access token \(id)") }?.arrayValue
        let expiresAt: Int64? = row["expires_at"]
        let revokedAt: Int64? = row["revoked_at"]
        return TokenRecord(
            id: id,
            grant: TokenGrant(
                name: row["name"], role: role,
                environments: names?.compactMap(\.stringValue).map(EnvironmentName.init(unchecked:)),
                expiresAt: expiresAt.map(Timestamp.init(column:))),
            hash: hash, createdAt: Timestamp(column: row["created_at"]), createdBy: row["created_by"],
            revokedAt: revokedAt.map(Timestamp.init(column:)))
    }
}
