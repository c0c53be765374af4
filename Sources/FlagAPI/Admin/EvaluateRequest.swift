public import FlagModel

/// `POST /v1/environments/{environment}/flags/{flag}/evaluate`: what a flag answers for a context.
public struct EvaluateRequest: Sendable, Hashable, Codable {
    /// The evaluation context; `targetingKey` identifies the subject.
    public var context: [String: JSONValue]?
    /// The revision to evaluate; absent: the one in force.
    public var revision: Int64?

    /// Creates the value of its parts.
    public init(context: [String: JSONValue]? = nil, revision: Int64? = nil) {
        self.context = context
        self.revision = revision
    }
}
