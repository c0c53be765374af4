/// What users' JWTs are checked with.
struct JWTSettings: Sendable {
    /// The secret of HS256.
    var secret: JWTSecret?
    /// The id by which JWTs name it; nil: they name none.
    var secretKeyID: String?
    /// The public key of ES256 in PEM, and the path it was read from.
    var publicKey: (text: String, path: String)?
    /// The id by which JWTs name it; nil: they name none.
    var publicKeyID: String?
    /// The issuer that a JWT must name; nil: any.
    var issuer: String?
    /// The audience that a JWT must name; nil: any.
    var audience: String?

    /// Whether there is anything to check a signature with.
    var hasKey: Bool { self.secret != nil || self.publicKey != nil }
}
