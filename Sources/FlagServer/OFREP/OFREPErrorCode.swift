internal import FlagModel

/// What OFREP calls what went wrong.
///
/// `TARGETING_KEY_MISSING` is not among them: a context without the key that a rollout hashes has an answer, the
/// rollout's `withoutKey` variant or the default one.
enum OFREPErrorCode: String, Sendable {
    case parseError = "PARSE_ERROR"
    case invalidContext = "INVALID_CONTEXT"
    case flagNotFound = "FLAG_NOT_FOUND"
    case general = "GENERAL"

    /// The protocol's name for an evaluation's failure, of which it knows fewer than OpenFeature.
    init(_ code: EvaluationErrorCode) {
        switch code {
        case .flagNotFound: self = .flagNotFound
        case .parseError: self = .parseError
        case .invalidContext: self = .invalidContext
        case .providerNotReady, .typeMismatch, .targetingKeyMissing, .general: self = .general
        }
    }
}
