public import FlagModel

/// What a flag answers for a context, and why.
public struct EvaluateResult: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision that was evaluated.
    public var revision: Int64
    /// The flag.
    public var key: FlagKey
    /// The value; absent: the caller's default applies.
    public var value: JSONValue?
    /// The variant that has the value.
    public var variant: String?
    /// Why (OpenFeature's resolution reasons).
    public var reason: EvaluationReason
    /// What went wrong (OpenFeature's error codes).
    public var errorCode: EvaluationErrorCode?
    /// What went wrong, for people.
    public var errorDetails: String?
    /// Where the rollout's hash puts the subject: 0 to 99,999.
    public var bucket: Int64?
    /// The way to the answer.
    public var steps: [EvaluationStep]

    /// Creates the value of its parts.
    public init(
        environment: EnvironmentName, revision: Int64, key: FlagKey, value: JSONValue? = nil,
        variant: String? = nil, reason: EvaluationReason, errorCode: EvaluationErrorCode? = nil,
        errorDetails: String? = nil, bucket: Int64? = nil, steps: [EvaluationStep]
    ) {
        self.environment = environment
        self.revision = revision
        self.key = key
        self.value = value
        self.variant = variant
        self.reason = reason
        self.errorCode = errorCode
        self.errorDetails = errorDetails
        self.bucket = bucket
        self.steps = steps
    }
}
