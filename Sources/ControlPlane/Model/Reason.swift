/// Why something is done, in the words of whoever does it: 1 to 500 characters, without white space around them.
struct Reason: Sendable, Hashable {
    /// The greatest length, in Unicode scalars.
    static let maximumLength = 500

    let text: String

    init(_ text: String) throws(ControlPlaneError) {
        let scalars = text.harmless.unicodeScalars
        let start = scalars.drop { $0.properties.isWhitespace }
        let count = start.reversed().drop { $0.properties.isWhitespace }.count
        guard (1...Self.maximumLength).contains(count) else { throw .invalidReason(length: count) }
        self.text = String(String.UnicodeScalarView(start.prefix(count)))
    }
}

extension String {
    /// The text with control characters, other than line feeds, turned into spaces: a NUL would end it early in the
    /// storage, and an escape sequence would paint on the terminal of whoever reads the history.
    var harmless: String {
        let scalars = self.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control && scalar != "\n" ? " " : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
