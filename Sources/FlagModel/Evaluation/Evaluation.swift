/// What a flag answered for one context (OpenFeature's resolution details).
public struct Evaluation: Sendable, Hashable {
    /// The value; nil: the caller's own default applies.
    public var value: JSONValue?
    /// The variant that has the value.
    public var variant: String?
    /// Why.
    public var reason: EvaluationReason
    /// What went wrong, when the reason is ``EvaluationReason/error``.
    public var errorCode: EvaluationErrorCode?
    /// What went wrong, for people.
    public var errorDetails: String?

    /// An answer.
    public init(value: JSONValue?, variant: String?, reason: EvaluationReason) {
        self.value = value
        self.variant = variant
        self.reason = reason
    }

    /// A failure; the caller's default applies.
    public init(failure code: EvaluationErrorCode, _ details: String) {
        self.reason = .error
        self.errorCode = code
        self.errorDetails = details
    }
}
