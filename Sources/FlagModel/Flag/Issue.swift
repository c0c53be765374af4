/// One fault in a document, with its place.
public struct Issue: Error, Hashable, Codable, CustomStringConvertible {
    /// The place, as dotted members and bracketed positions: `flags.WEBSOCKET_TICKET_TTL.variants.default`.
    public var path: String
    /// What is wrong and what is expected.
    public var message: String

    /// A fault at a place.
    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    /// `flags.X.type: expected a string`.
    public var description: String { self.path.isEmpty ? self.message : "\(self.path): \(self.message)" }
}

/// A document is not valid; every fault is listed.
public struct InvalidDocument: Error, Hashable, CustomStringConvertible {
    /// The faults, at least one.
    public let issues: [Issue]

    /// The faults of a document.
    public init(_ issues: [Issue]) {
        self.issues = issues
    }

    /// The faults, one a line.
    public var description: String { self.issues.map(\.description).joined(separator: "\n") }
}
