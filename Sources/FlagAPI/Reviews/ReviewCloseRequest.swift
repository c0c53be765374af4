/// `POST /v1/environments/{environment}/reviews/{review}/close`: someone has looked at it.
public struct ReviewCloseRequest: Sendable, Hashable, Codable {
    /// What they found: 1 to 500 characters.
    public var note: String

    /// Creates the value of its parts.
    public init(note: String) {
        self.note = note
    }
}
