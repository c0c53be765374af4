import FlagModel

/// Reads an attribute of an evaluation context or a ticket's metadata as people write it: `plan=pro`.
enum Attribute {
    /// A text is not an attribute.
    struct Invalid: Error, Hashable, CustomStringConvertible {
        /// What is wrong and what is expected.
        let description: String
    }

    /// The name and the value of `name=value`.
    ///
    /// A value is JSON where it is a boolean, null, an array, an object, a string in quotes or a number as JSON would
    /// write it; everything else is a string. So `1.10` and `007` stay what they are: versions and names rather than
    /// numbers.
    static func parse(_ text: String) throws(Invalid) -> (name: String, value: JSONValue) {
        guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
            throw Invalid(description: "\"\(text.printable)\" is not an attribute: write name=value")
        }
        let word = String(text[text.index(after: sign)...])
        return (String(text[..<sign]), Self.value(word))
    }

    private static func value(_ word: String) -> JSONValue {
        guard let value = try? JSONParser.parse(word) else { return .string(word) }
        switch value {
        case .integer, .number: return value.canonical == word ? value : .string(word)
        default: return value
        }
    }
}
