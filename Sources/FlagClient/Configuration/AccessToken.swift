/// The access token that a client presents, with the role `reader` at least. It is never printed.
public struct AccessToken: Sendable, Hashable {
    let text: String

    /// A token, as the control plane showed it once. White space around it (a file's last line) is dropped.
    public init(_ text: String) {
        self.text = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// What is wrong with the token, without showing it; nil: nothing.
    var fault: String? {
        if self.text.isEmpty { return "is empty" }
        let isPlain = self.text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isPlain ? nil : "holds characters that cannot stand in a header"
    }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `(redacted)`.
    public var description: String { "(redacted)" }
    /// `(redacted)`.
    public var debugDescription: String { "(redacted)" }
    /// Nothing: what dumps a value by its members must not find the token either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
