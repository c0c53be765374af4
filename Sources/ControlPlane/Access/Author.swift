/// Who does something: the name under which the history and the audit know them, and what they may do.
public struct Author: Sendable, Hashable {
    /// The name of the access token, or of the part of the server that acts.
    public let name: String
    /// What they may do. Most of it is checked where requests come in; ``ControlPlane`` checks what only a decision can
    /// know, such as that a document changes an environment's settings.
    public let role: Role

    /// An author; control characters in the name become spaces.
    public init(name: String, role: Role) {
        self.name = name.harmless
        self.role = role
    }

    /// The server itself.
    public static let system = Self(name: "system", role: .admin)
    /// Whoever holds the admin token that the server's configuration gives.
    public static let configuredAdmin = Self(name: "configured-admin", role: .admin)

    /// Names that no access token may have, so that the audit never leaves open who it was.
    static let reservedNames: Set<String> = [Self.system.name, Self.configuredAdmin.name]
}
