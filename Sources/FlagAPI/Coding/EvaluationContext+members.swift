public import FlagModel

extension EvaluationContext {
    /// Reads the members of a request's context, of which `targetingKey` is the subject.
    ///
    /// - Parameters:
    ///   - members: The context.
    ///   - path: Where the context stands, for the fault.
    /// - Throws: `InvalidDocument` when the targeting key is not a string.
    public init(members: [String: JSONValue], at path: String = "context") throws(InvalidDocument) {
        var attributes = members
        switch attributes.removeValue(forKey: "targetingKey") {
        case nil, .null?: self.init(attributes: attributes)
        case .string(let text)?: self.init(targetingKey: text, attributes: attributes)
        case let other?:
            throw InvalidDocument([
                Issue(path: "\(path).targetingKey", message: "expected a string, found \(other.kind)")
            ])
        }
    }
}
