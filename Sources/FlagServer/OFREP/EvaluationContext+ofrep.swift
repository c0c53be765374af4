internal import FlagAPI
internal import FlagModel

extension EvaluationContext {
    /// The context of an OFREP request: `{"context": {"targetingKey": "…", …}}`. None at all is the empty one, and what
    /// else the body says is passed over.
    ///
    /// - Throws: `JSONSyntaxError`, or ``Refusal`` `request-malformed` or `request-invalid`.
    init(ofrepBody body: [UInt8]) throws {
        guard case .object(let members) = try JSONParser.parse(body) else {
            throw Refusal(.requestMalformed, #"the body is not an object; send {"context": {…}}"#)
        }
        switch members["context"] {
        case nil, .null?:
            self.init()
        case .object(let context)?:
            try self.init(members: context)
        case let other?:
            throw Refusal(invalid: [Issue(path: "context", message: "expected an object, found \(other.kind)")])
        }
    }
}
