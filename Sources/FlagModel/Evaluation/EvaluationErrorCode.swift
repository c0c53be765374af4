/// What went wrong in an evaluation (OpenFeature's error codes).
public enum EvaluationErrorCode: String, Sendable, Hashable, CaseIterable, Codable {
    /// There is no snapshot yet.
    case providerNotReady = "PROVIDER_NOT_READY"
    /// No flag of that key.
    case flagNotFound = "FLAG_NOT_FOUND"
    /// A rule or request could not be read.
    case parseError = "PARSE_ERROR"
    /// The flag has another type than the caller asked for.
    case typeMismatch = "TYPE_MISMATCH"
    /// The flag needs a targeting key and the context has none.
    case targetingKeyMissing = "TARGETING_KEY_MISSING"
    /// The context is not usable.
    case invalidContext = "INVALID_CONTEXT"
    /// Anything else.
    case general = "GENERAL"
}
