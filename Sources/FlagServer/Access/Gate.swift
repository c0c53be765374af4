internal import ControlPlane
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird

/// Finds out who asks. Answers from memory: no request waits for it.
struct Gate: Sendable {
    /// Knows the access tokens.
    let plane: ControlPlane
    /// Knows the users' JWTs.
    let verifier: JWTVerifier
    /// The admin token of the server's configuration.
    let adminToken: Secret?
    /// The environment that this server's tickets belong to.
    let runtimeEnvironment: EnvironmentName

    /// The credential of the header `Authorization: Bearer …`; nil when there is none.
    static func bearer(of request: Request) -> Substring? {
        guard let header = request.headers[.authorization] else { return nil }
        let scheme = "bearer "
        guard header.utf8.count > scheme.utf8.count, header.prefix(scheme.count).lowercased() == scheme else {
            return nil
        }
        let credential = header.dropFirst(scheme.count).drop { $0 == " " }
        return credential.isEmpty ? nil : credential
    }

    /// The credential of the header `X-API-Key`, which OFREP clients may use instead; nil when there is none.
    static func apiKey(of request: Request) -> Substring? {
        HTTPField.Name.xAPIKey.flatMap { request.headers[$0] }.flatMap { $0.isEmpty ? nil : $0[...] }
    }

    /// What the request's access token is good for.
    ///
    /// - Parameter orAPIKey: Whether the token may stand in `X-API-Key`, where there is no `Authorization: Bearer`.
    /// - Throws: ``Refusal`` `token-invalid`.
    func grant(of request: Request, orAPIKey: Bool = false) throws(Refusal) -> Grant {
        guard let presented = Self.bearer(of: request) ?? (orAPIKey ? Self.apiKey(of: request) : nil) else {
            throw Self.refuse("send an access token in the header Authorization: Bearer …", isMissing: true)
        }
        guard let grant = self.grant(of: presented) else {
            throw Self.refuse("the token is unknown, expired or revoked; ask an admin for another one")
        }
        return grant
    }

    /// The user of the request's JWT.
    ///
    /// - Throws: ``Refusal`` `jwt-invalid`.
    func user(of request: Request) throws(Refusal) -> UserIdentity {
        guard let presented = Self.bearer(of: request) else {
            var refusal = Refusal(.jwtInvalid, "send the user's JWT in the header Authorization: Bearer …")
            refusal.headers[.wwwAuthenticate] = "Bearer"
            throw refusal
        }
        do throws(JWTRefusal) {
            return try self.verifier.verify(presented)
        } catch {
            throw error.refusal
        }
    }

    private func grant(of presented: Substring) -> Grant? {
        if let adminToken = self.adminToken, adminToken.matches(String(presented)) { return .configured }
        return AccessSecret.hash(of: presented).flatMap(self.plane.authenticate).map(Grant.init)
    }

    private static func refuse(_ detail: String, isMissing: Bool = false) -> Refusal {
        var refusal = Refusal(.tokenInvalid, detail)
        refusal.headers[.wwwAuthenticate] = isMissing ? "Bearer" : "Bearer error=\"invalid_token\""
        return refusal
    }
}

extension HTTPField.Name {
    /// Holds an access token, bare.
    fileprivate static let xAPIKey = HTTPField.Name("X-API-Key")
}
