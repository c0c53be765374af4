internal import Digest
internal import FlagModel

/// Mints JWTs for development, where no issuer is at hand.
struct DevelopmentJWT: Sendable {
    /// How long a token is good for: 24 hours.
    static let lifetimeSeconds: Int64 = 86_400

    /// The secret that it signs with.
    var secret: JWTSecret
    /// The claim `iss`, if one is wanted.
    var issuer: String?
    /// The claim `aud`, if one is wanted.
    var audience: String?
    /// The header's `kid`, if the verifier's key has an id.
    var keyID: String?

    /// The secret in the file at `path`, made up and written first when there is no such file.
    ///
    /// The line in the file is the secret's text, so it can be handed to another program as it stands.
    ///
    /// - Throws: ``SecretFileError`` when the file cannot be read or made, or others can read it, and
    ///   ``JWTConfigurationError`` when what it holds is too short.
    static func secret(atPath path: String) throws -> JWTSecret {
        try JWTSecret(try SecretFile.loadOrCreate(atPath: path))
    }

    /// A token signed with HS256 that ends 24 hours after `now`.
    func mint(subject: String, email: String?, permissions: [String], now: Timestamp) -> String {
        var header: [String: JSONValue] = ["alg": "HS256", "typ": "JWT"]
        if let keyID = self.keyID { header["kid"] = .string(keyID) }
        let issuedAt = now.millisecondsSinceEpoch / 1000
        var claims: [String: JSONValue] = [
            "sub": .string(subject),
            "permissions": .array(permissions.map(JSONValue.string)),
            "iat": .integer(issuedAt),
            "exp": .integer(issuedAt + Self.lifetimeSeconds),
        ]
        if let email { claims["email"] = .string(email) }
        if let issuer = self.issuer { claims["iss"] = .string(issuer) }
        if let audience = self.audience { claims["aud"] = .string(audience) }
        let signingInput = [header, claims].map { Base64URL.encode(JSONValue.object($0).canonical.utf8) }
            .joined(separator: ".")
        let signature = HMACSHA256.authenticate(signingInput.utf8, key: self.secret.bytes)
        return signingInput + "." + Base64URL.encode(signature)
    }
}
