public import FlagModel

/// A user who asks for a ticket, as an authentication service vouches for them.
public struct TicketSubject: Sendable, Hashable {
    /// The longest user id, in bytes of UTF-8.
    public static let maximumIDLength = 256
    /// The longest e-mail address, in bytes of UTF-8.
    public static let maximumEmailLength = 320
    /// The largest number of permissions.
    public static let maximumPermissionCount = 256
    /// The longest permission, in bytes of UTF-8.
    public static let maximumPermissionLength = 256

    /// The user's id.
    public let id: String
    /// The user's e-mail address.
    public let email: String
    /// What the user may do. A ticket never grants more.
    public let permissions: [String]
    /// What else targeting rules may look at.
    public let attributes: [String: JSONValue]

    /// Who owns the user's tickets, as stores compare it.
    let digest: SubjectDigest

    /// A user.
    ///
    /// - Parameters:
    ///   - id: Required: without it nobody could be told who came.
    ///   - email: Required.
    ///   - permissions: What the user may do; repeated ones count once.
    ///   - attributes: For targeting rules, next to `email`.
    /// - Throws: ``TicketRefusal/subjectIncomplete(_:)`` when id or e-mail address are missing or empty, or anything is
    ///   too long.
    public init(
        id: String?, email: String?, permissions: [String] = [], attributes: [String: JSONValue] = [:]
    ) throws(TicketRefusal) {
        guard let id, !id.isEmpty else { throw .subjectIncomplete("the credential names no user id") }
        guard let email, !email.isEmpty else { throw .subjectIncomplete("the credential names no e-mail address") }
        guard id.utf8.count <= Self.maximumIDLength else {
            throw .subjectIncomplete("the user id has more than \(Self.maximumIDLength) bytes")
        }
        guard email.utf8.count <= Self.maximumEmailLength else {
            throw .subjectIncomplete("the e-mail address has more than \(Self.maximumEmailLength) bytes")
        }
        guard permissions.count <= Self.maximumPermissionCount,
            permissions.allSatisfy({ $0.utf8.count <= Self.maximumPermissionLength })
        else {
            throw .subjectIncomplete(
                "the user has more than \(Self.maximumPermissionCount) permissions, or one of more than "
                    + "\(Self.maximumPermissionLength) bytes")
        }
        self.id = id
        self.email = email
        self.permissions = Self.distinct(permissions)
        self.attributes = attributes
        self.digest = SubjectDigest(userID: id)
    }

    /// What flags are evaluated with: the id as targeting key, the attributes, and the e-mail address as `email`.
    public var evaluationContext: EvaluationContext {
        var attributes = self.attributes
        attributes["email"] = .string(self.email)
        return EvaluationContext(targetingKey: self.id, attributes: attributes)
    }

    /// What a ticket grants that asks for `requested`: the intersection with the user's own; nil asks for all of those.
    func permissions(granting requested: [String]?) -> [String] {
        guard let requested else { return self.permissions }
        let own = Set(self.permissions)
        return Self.distinct(requested.filter(own.contains))
    }

    private static func distinct(_ permissions: [String]) -> [String] {
        guard permissions.count > 1 else { return permissions }
        var seen: Set<String> = []
        return permissions.filter { seen.insert($0).inserted }
    }
}
