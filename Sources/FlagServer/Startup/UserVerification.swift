internal import FlagModel

/// What verifies the users' JWTs of this server, and the development secret if one is in use.
struct UserVerification: Sendable {
    /// Verifies JWTs.
    let verifier: JWTVerifier
    /// Signs JWTs; nil when keys are configured.
    let development: DevelopmentSecret?

    /// Takes the configured keys, or makes a secret of its own in the runtime environment `development`.
    ///
    /// - Throws: ``ConfigurationError`` naming the setting of a key that cannot be used, or `SecretFileError`.
    init(_ configuration: ServerConfiguration, now: @escaping @Sendable () -> Timestamp) async throws {
        let settings = configuration.jwt
        var keys: [JWTVerificationKey] = []
        if let secret = settings.secret { keys.append(.hs256(secret, id: settings.secretKeyID)) }
        if let publicKey = settings.publicKey {
            do throws(JWTConfigurationError) {
                keys.append(try await .es256(pem: publicKey.text, id: settings.publicKeyID))
            } catch {
                throw ConfigurationError(Setting.jwtPublicKeyFile.variable, "\(publicKey.path): \(error)")
            }
        }
        if settings.hasKey {
            self.development = nil
        } else {
            let secret = try DevelopmentJWT.secret(atPath: DevelopmentSecret.path(configuration))
            keys.append(.hs256(secret, id: settings.secretKeyID))
            self.development = DevelopmentSecret(secret: secret, configuration)
        }
        do throws(JWTConfigurationError) {
            self.verifier = JWTVerifier(
                keys: try JWTKeySet(keys),
                rules: try JWTRules(
                    issuer: settings.issuer ?? self.development?.issuer, audience: settings.audience),
                now: now)
        } catch {
            throw ConfigurationError(Setting.jwtSecretKeyID.variable, error.description)
        }
    }
}
