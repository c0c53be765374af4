/// Whom or what a flag is evaluated for (OpenFeature's evaluation context).
public struct EvaluationContext: Sendable, Hashable {
    /// Identifies the subject; what a rollout hashes unless it says otherwise.
    public var targetingKey: String?
    /// Everything else that a targeting rule may look at.
    public var attributes: [String: JSONValue]

    /// A context.
    public init(targetingKey: String? = nil, attributes: [String: JSONValue] = [:]) {
        self.targetingKey = targetingKey
        self.attributes = attributes
    }

    /// The value of an attribute; `targetingKey` names the targeting key.
    public func attribute(_ name: String) -> JSONValue? {
        if name == "targetingKey", let targetingKey = self.targetingKey { return .string(targetingKey) }
        return self.attributes[name]
    }
}
