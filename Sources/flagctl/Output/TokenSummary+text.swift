import FlagAPI
import FlagModel

extension TokenSummary {
    /// `live`, `revoked` or `expired`.
    func state(at now: Timestamp) -> String {
        if self.revokedAt != nil { return "revoked" }
        return self.expiresAt.map { $0 <= now } ?? false ? "expired" : "live"
    }

    /// The environments, as a list.
    var scope: String {
        self.environments?.map(\.text).joined(separator: ", ") ?? "all"
    }
}
