internal import FlagModel

/// What the claims of a JWT must say, besides who the user is (RFC 7519, section 4.1).
struct JWTRules: Sendable, Hashable {
    /// The greatest leeway, in seconds.
    static let maximumLeewaySeconds: Int64 = 300
    /// The end of the year 9999 in seconds since the epoch. A time beyond it was surely written in milliseconds.
    private static let latestSecond = 253_402_300_799.0

    /// What `iss` must be; nil: not looked at.
    let issuer: String?
    /// What `aud` must be or contain; nil: not looked at.
    let audience: String?
    /// By how many seconds the issuer's clock and ours may differ: 0 to ``maximumLeewaySeconds``.
    let leewaySeconds: Int64

    /// Rules.
    ///
    /// - Throws: ``JWTConfigurationError`` for an empty issuer or audience, or a leeway out of bounds.
    init(
        issuer: String? = nil, audience: String? = nil, leewaySeconds: Int64 = 30
    ) throws(JWTConfigurationError) {
        guard issuer != "", audience != "" else {
            throw JWTConfigurationError("the JWT issuer or audience is empty. Leave it out to accept any")
        }
        guard (0...Self.maximumLeewaySeconds).contains(leewaySeconds) else {
            throw JWTConfigurationError(
                "the JWT leeway of \(leewaySeconds) s is not between 0 and \(Self.maximumLeewaySeconds) s")
        }
        self.issuer = issuer
        self.audience = audience
        self.leewaySeconds = leewaySeconds
    }

    /// Checks `exp` (which must be there), `nbf`, `iat`, `iss` and `aud`.
    ///
    /// - Returns: When the token ends, without leeway.
    /// - Throws: ``JWTRefusal`` for the first that does not hold.
    func check(_ claims: [String: JSONValue], now: Timestamp) throws(JWTRefusal) -> Timestamp {
        guard let expiry = try Self.time("exp", of: claims) else {
            throw JWTRefusal(.malformed, "it has no exp, and a token without end is not accepted")
        }
        let leeway = self.leewaySeconds * 1000
        guard now < expiry.advanced(byMilliseconds: leeway) else {
            throw JWTRefusal(.expired, "it expired at \(expiry). Sign in again for a fresh one")
        }
        for claim in ["nbf", "iat"] {
            guard let start = try Self.time(claim, of: claims) else { continue }
            guard start <= now.advanced(byMilliseconds: leeway) else {
                throw JWTRefusal(
                    .notYetValid, "its \(claim) of \(start) has not come yet. Check the clocks of issuer and server")
            }
        }
        try self.checkIssuer(claims["iss"])
        try self.checkAudience(claims["aud"])
        return expiry
    }

    private func checkIssuer(_ claim: JSONValue?) throws(JWTRefusal) {
        guard let issuer = self.issuer else { return }
        guard case .string(let claimed)? = claim, claimed.utf8.elementsEqual(issuer.utf8) else {
            throw JWTRefusal(.issuerMismatch, "its iss is not the issuer that this server trusts")
        }
    }

    private func checkAudience(_ claim: JSONValue?) throws(JWTRefusal) {
        guard let audience = self.audience else { return }
        let claimed: [JSONValue] =
            switch claim {
            case .array(let elements)?: elements
            case let single?: [single]
            case nil: []
            }
        guard claimed.contains(where: { $0.stringValue?.utf8.elementsEqual(audience.utf8) ?? false }) else {
            throw JWTRefusal(.audienceMismatch, "its aud does not name this server")
        }
    }

    /// A NumericDate: seconds since the epoch, perhaps with a fraction.
    private static func time(_ claim: String, of claims: [String: JSONValue]) throws(JWTRefusal) -> Timestamp? {
        guard let value = claims[claim] else { return nil }
        guard let seconds = value.doubleValue, seconds.magnitude <= Self.latestSecond else {
            throw JWTRefusal(.malformed, "its \(claim) is not a time in seconds since the epoch")
        }
        return Timestamp(millisecondsSinceEpoch: Int64((seconds * 1000).rounded(.down)))
    }
}
