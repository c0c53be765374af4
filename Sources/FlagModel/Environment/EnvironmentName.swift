/// The name of an environment: a lower-case letter, then up to 62 of `a-z 0-9 -`.
public struct EnvironmentName: Name {
    /// The name as text.
    public let text: String

    /// Wraps a text that is known to be a name.
    public init(unchecked text: String) { self.text = text }

    /// What is named.
    public static var noun: String { "name of an environment" }
    /// The allowed form.
    public static var pattern: String { "a lower-case letter, then up to 62 of a-z 0-9 -" }

    /// Whether `text` is the name of an environment.
    public static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            text.utf8.count <= 63
        else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
