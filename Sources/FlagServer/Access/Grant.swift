internal import ControlPlane
internal import FlagModel

/// What the presented access token is good for.
struct Grant: Sendable {
    /// Its name, under which the audit knows the holder.
    var name: String
    /// What the holder may do.
    var role: Role
    /// Where; nil: in every environment.
    var environments: [EnvironmentName]?
    /// Until when; nil: until it is revoked.
    var expiresAt: Timestamp?
    /// What it is found by; nil: the server's configuration gives it.
    var token: TokenHash?

    /// The token that the server's own configuration gives.
    static let configured = Grant(name: Author.configuredAdmin.name, role: .admin)

    init(
        name: String, role: Role, environments: [EnvironmentName]? = nil, expiresAt: Timestamp? = nil,
        token: TokenHash? = nil
    ) {
        self.name = name
        self.role = role
        self.environments = environments
        self.expiresAt = expiresAt
        self.token = token
    }

    init(_ token: TokenRecord) {
        self.init(
            name: token.name, role: token.role, environments: token.environments, expiresAt: token.expiresAt,
            token: token.hash)
    }

    /// The holder, as the author of changes.
    var author: Author { Author(name: self.name, role: self.role) }

    /// Whether it is still good: neither revoked nor expired since the request came.
    func isLive(in plane: ControlPlane) -> Bool {
        self.token.map { plane.authenticate($0) != nil } ?? true
    }

    /// Whether it is good for `environment`.
    func covers(_ environment: EnvironmentName) -> Bool {
        self.environments?.contains(environment) ?? true
    }

    /// Refuses unless the role allows `permission`.
    func require(_ permission: Permission) throws(Refusal) {
        guard self.role.allows(permission) else {
            throw Refusal(
                .roleForbidden,
                "this needs the permission \(permission.rawValue), which the role \(self.role.rawValue) does not have; "
                    + "ask an admin for a token with one of the roles "
                    + Role.allCases.filter { $0.allows(permission) }.map(\.rawValue).joined(separator: ", "))
        }
    }
}
