/// Less was granted than was asked for, because the policy bounds it.
public enum TicketAdjustment: Sendable, Hashable {
    /// The ticket ends sooner. In seconds.
    case ttlReduced(asked: Int64, granted: Int64)
    /// The ticket is good once: the policy permits no other.
    case singleUseEnforced
    /// Some of the permissions asked for are not the user's.
    case permissionsReduced

    /// A stable name: `ttl-reduced`, `single-use-enforced`, `permissions-reduced`.
    public var slug: String {
        switch self {
        case .ttlReduced: "ttl-reduced"
        case .singleUseEnforced: "single-use-enforced"
        case .permissionsReduced: "permissions-reduced"
        }
    }
}
