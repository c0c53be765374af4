/// Lets end-to-end tests play any user: whoever knows the secret is believed.
///
/// It needs three things at once: this, which is absent by default; the pathway's flag; and an environment that is not
/// protected. What a bypass proves has no e-mail address and no permissions.
public struct EndToEndBypass: Sendable {
    /// What tests send in `x-e2e-bypass`.
    let secret: BypassSecret
    private let isProtected: @Sendable () -> Bool

    /// A bypass.
    ///
    /// - Parameters:
    ///   - secret: What tests send in `x-e2e-bypass`.
    ///   - isProtected: Whether the environment is protected; asked at each attempt. Say true when it is not known.
    public init(secret: BypassSecret, isProtected: @escaping @Sendable () -> Bool) {
        self.secret = secret
        self.isProtected = isProtected
    }

    /// Whether it may be used at present.
    var isOpen: Bool { !self.isProtected() }
}
