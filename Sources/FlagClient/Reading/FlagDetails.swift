public import FlagModel

/// What a flag answered, and how it came to that (OpenFeature's evaluation details).
public struct FlagDetails<Value: FlagValue>: Sendable, Equatable {
    /// The flag's key.
    public var key: String
    /// The value; the caller's default where the flag gives none.
    public var value: Value
    /// The variant that has the value; nil when the caller's default applies.
    public var variant: String?
    /// Why.
    public var reason: EvaluationReason
    /// What went wrong, when the reason is ``EvaluationReason/error``.
    public var errorCode: EvaluationErrorCode?
    /// What went wrong, for people.
    public var errorDetails: String?
    /// The metadata of the flag's definition, with that of its environment.
    public var flagMetadata: [String: JSONValue]
    /// The revision that answered; nil when there is no snapshot yet.
    public var revision: Int64?
}
