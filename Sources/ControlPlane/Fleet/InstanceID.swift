public import FlagModel

/// The id that an instance gave itself, unique in its environment: 1 to 100 characters of `A-Z a-z 0-9 . _ -`.
public struct InstanceID: Name {
    /// The id as text.
    public let text: String

    /// Wraps a text that is known to be an id.
    public init(unchecked text: String) { self.text = text }

    /// What is named.
    public static var noun: String { "id of an instance" }
    /// The allowed form: that of a flag key.
    public static var pattern: String { FlagKey.pattern }

    /// Whether `text` is an id.
    public static func isValid(_ text: String) -> Bool { FlagKey.isValid(text) }
}
