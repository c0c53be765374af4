/// The name of a segment within an environment: 1 to 100 characters of `A-Z a-z 0-9 . _ -`.
public struct SegmentName: Name {
    /// The name as text.
    public let text: String

    /// Wraps a text that is known to be a name.
    public init(unchecked text: String) { self.text = text }

    /// What is named.
    public static var noun: String { "segment name" }
    /// The allowed form.
    public static var pattern: String { FlagKey.pattern }

    /// Whether `text` is the name of a segment.
    public static func isValid(_ text: String) -> Bool { FlagKey.isValid(text) }
}
