internal import FlagModel

/// What stands in for an identity provider in the runtime environment `development`: a secret of our own, and a user.
struct DevelopmentSecret: Sendable {
    /// The file's name, beside the database.
    static let fileName = "development-jwt-secret"
    /// The issuer of JWTs signed with it, unless another is configured.
    static let issuer = "signalbox-development"
    /// The user of the JWT that the first start prints: one of the first quarter whom a rollout of tickets reaches.
    static let subject = "carol"

    /// The secret.
    let secret: JWTSecret
    /// Who JWTs say they are from.
    let issuer: String
    /// Whom JWTs say they are for.
    let audience: String?
    /// The id of the key.
    let keyID: String?

    /// The file that holds the secret of a server so configured.
    static func path(_ configuration: ServerConfiguration) -> String {
        configuration.dataDirectory + "/" + Self.fileName
    }

    init(secret: JWTSecret, _ configuration: ServerConfiguration) {
        self.secret = secret
        self.issuer = configuration.jwt.issuer ?? Self.issuer
        self.audience = configuration.jwt.audience
        self.keyID = configuration.jwt.secretKeyID
    }

    /// A JWT of a user, good for a day.
    func token(subject: String, email: String?, permissions: [String], now: Timestamp) -> String {
        DevelopmentJWT(secret: self.secret, issuer: self.issuer, audience: self.audience, keyID: self.keyID)
            .mint(subject: subject, email: email ?? "\(subject)@example.com", permissions: permissions, now: now)
    }
}
