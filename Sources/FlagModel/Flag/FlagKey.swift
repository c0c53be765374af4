/// The name of a flag within an environment: 1 to 100 characters of `A-Z a-z 0-9 . _ -`.
public struct FlagKey: Name {
    /// The key as text.
    public let text: String

    /// Wraps a text that is known to be a key.
    public init(unchecked text: String) { self.text = text }

    /// What is named.
    public static var noun: String { "flag key" }
    /// The allowed form.
    public static var pattern: String { "1 to 100 characters of A-Z a-z 0-9 . _ -" }

    /// Whether `text` is a flag key.
    public static func isValid(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
