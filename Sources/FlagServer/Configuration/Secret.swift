internal import Digest

/// A text that must not be shown: describing, logging or dumping it gives `<redacted>`.
struct Secret: Sendable, CustomStringConvertible, CustomReflectable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// Whether `candidate` is the same, in a time that tells nothing of the text, not even its length.
    func matches(_ candidate: String) -> Bool {
        ConstantTime.areEqual(SHA256.hash(self.text), SHA256.hash(candidate))
    }

    var description: String { "<redacted>" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
