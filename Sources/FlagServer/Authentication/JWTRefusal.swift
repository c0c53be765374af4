/// Why a JWT was not accepted.
///
/// It never holds the token, nor anything quoted from it: the text goes into answers and logs.
struct JWTRefusal: Error, Hashable, CustomStringConvertible {
    /// The kinds of refusal; the raw value is a stable slug that programs may branch on.
    enum Reason: String, Sendable, Hashable, CaseIterable {
        /// It is not a JWT that can be read, or a claim has the wrong type.
        case malformed
        /// It is signed by an algorithm (or by none) for which no key is configured.
        case algorithmNotAllowed = "algorithm-not-allowed"
        /// No configured key answers to its `kid`.
        case unknownKey = "unknown-key"
        /// The signature is not the key's over this header and payload.
        case signatureInvalid = "signature-invalid"
        /// Its `exp` has passed.
        case expired
        /// Its `nbf` or `iat` has not come yet.
        case notYetValid = "not-yet-valid"
        /// Its `iss` is not the configured issuer.
        case issuerMismatch = "issuer-mismatch"
        /// Its `aud` does not name the configured audience.
        case audienceMismatch = "audience-mismatch"
        /// It names no user.
        case subjectMissing = "subject-missing"
    }

    /// The kind of refusal.
    let reason: Reason
    /// What is wrong with the token, for people.
    let description: String

    /// A refusal. `fault` must not quote the token.
    init(_ reason: Reason, _ fault: String) {
        self.reason = reason
        self.description = "The JWT was refused: \(fault)."
    }

    /// A token without a user's id.
    static var subjectMissing: Self {
        Self(.subjectMissing, "it names no user, neither as sub nor as user_id")
    }
}
