/// What the holder of an access token is there for.
public enum Role: String, Sendable, Hashable, CaseIterable {
    /// A service or an OpenFeature SDK that reads flags.
    case reader
    /// A backend that consumes and validates tickets on behalf of its users.
    case backend
    /// A person who looks.
    case viewer
    /// A person who takes things back at night: kill and rollback.
    case `operator`
    /// A person who moves percentages.
    case releaseManager = "release-manager"
    /// A person who approves the changes of others.
    case approver
    /// May do everything.
    case admin

    /// All that the role may do.
    public var permissions: Set<Permission> {
        switch self {
        case .reader: Self.reading
        case .backend: Self.backendWork
        case .viewer: Self.viewing
        case .operator: Self.operating
        case .releaseManager: Self.releasing
        case .approver: Self.approving
        case .admin: Self.everything
        }
    }

    // Who may do what: the whole table, made once.
    private static let reading: Set<Permission> = [.readFlags, .evaluate, .acknowledge]
    private static let backendWork = Self.reading.union([.consumeTickets, .validateTickets])
    private static let viewing = Self.reading.union([.readHistory, .readAudit])
    private static let operating = Self.viewing.union([.kill, .rollback, .closeReviews])
    private static let releasing = Self.operating.union([.commit, .manageRollouts])
    private static let approving = Self.viewing.union([.approve])
    private static let everything = Set(Permission.allCases)

    /// Whether the role may do it.
    public func allows(_ permission: Permission) -> Bool {
        self.permissions.contains(permission)
    }
}
