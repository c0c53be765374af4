internal import FlagModel

/// The values of one header field: in JSON a text, or an array of texts for a field that came more than once.
public struct HeaderValues: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    /// The values in their order.
    public var texts: [String]

    /// Some values.
    public init(_ texts: [String]) {
        self.texts = texts
    }

    /// One value.
    public init(stringLiteral text: String) {
        self.texts = [text]
    }

    /// Reads a text or an array of texts.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        switch try container.decode(JSONValue.self) {
        case .string(let text): self.texts = [text]
        case .array(let elements) where elements.allSatisfy({ $0.stringValue != nil }):
            self.texts = elements.compactMap(\.stringValue)
        default:
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected a text or an array of texts")
        }
    }

    /// Writes a text, or an array unless there is exactly one.
    public func encode(to encoder: any Encoder) throws {
        let values = self.texts.map(JSONValue.string)
        try (values.count == 1 ? values[0] : .array(values)).encode(to: encoder)
    }
}
