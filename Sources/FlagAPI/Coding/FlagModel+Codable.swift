public import FlagModel

// FlagModel's own documents read themselves from JSON and report every fault; here they learn to stand inside wire types.

extension FlagChange: Codable {
    /// Reads the step that stands here.
    public init(from decoder: any Decoder) throws {
        try self.init(json: try decoder.singleValueContainer().decode(JSONValue.self), at: decoder.codingPath.dotted)
    }

    /// Writes the step.
    public func encode(to encoder: any Encoder) throws {
        try self.json.encode(to: encoder)
    }
}

extension EnvironmentDocument: Codable {
    /// Reads the document that stands here.
    public init(from decoder: any Decoder) throws {
        try self.init(json: try decoder.singleValueContainer().decode(JSONValue.self), at: decoder.codingPath.dotted)
    }

    /// Writes the document.
    public func encode(to encoder: any Encoder) throws {
        try self.json.encode(to: encoder)
    }
}
