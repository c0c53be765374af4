/// What a connection authenticates with. It never shows its password.
public struct RedisCredentials: Sendable, Hashable {
    /// The ACL user, or nil for the default user (`AUTH password`, Redis' `requirepass`).
    public var user: String?
    /// The password.
    public var password: String

    /// Makes credentials for a named ACL user, or for the default user when `user` is nil.
    public init(user: String? = nil, password: String) {
        self.user = user
        self.password = password
    }
}

extension RedisCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The user, with the password replaced.
    public var description: String { "\(self.user ?? "default"):<redacted>" }
    /// The user, with the password replaced.
    public var debugDescription: String { self.description }
    /// The user only, so that `dump` and debuggers' reflection do not show the password.
    public var customMirror: Mirror { Mirror(self, children: ["user": self.user as Any]) }
}
