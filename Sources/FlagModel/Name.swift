/// A name that goes into URLs, file names and metric labels unescaped, and is therefore restricted.
///
/// OpenFeature providers do not percent-encode flag keys, so a key outside ``FlagKey/pattern`` would not even arrive.
public protocol Name: Hashable, Comparable, Sendable, Codable, CodingKeyRepresentable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// What is named, for messages: `flag key`.
    static var noun: String { get }
    /// The allowed form, as a person reads it.
    static var pattern: String { get }
    /// Whether `text` has the allowed form.
    static func isValid(_ text: String) -> Bool
    /// The name itself.
    var text: String { get }
    /// Wraps a text that is known to be valid.
    init(unchecked text: String)
}

/// A text does not have the form of the name that was asked for.
public struct InvalidName: Error, Hashable, CustomStringConvertible {
    /// What happened and what is allowed.
    public let description: String
}

extension Name {
    /// Parses `text`.
    ///
    /// - Throws: ``InvalidName`` when it does not have the allowed form.
    public init(parsing text: String) throws(InvalidName) {
        guard Self.isValid(text) else {
            let shown = text.unicodeScalars.prefix(120).map { $0.escaped(asASCII: true) }.joined().shortened(to: 120)
            throw InvalidName(description: "\"\(shown)\" is not a \(Self.noun): use \(Self.pattern)")
        }
        self.init(unchecked: text)
    }

    /// A name written in the program.
    ///
    /// - Precondition: the literal has the allowed form.
    public init(stringLiteral value: StaticString) {
        let text = String(describing: value)
        precondition(Self.isValid(text), "\(text) is not a \(Self.noun)")
        self.init(unchecked: text)
    }

    /// The name itself.
    public var description: String { self.text }

    /// Names sort by their bytes.
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    /// Decodes and checks a name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Encodes the name as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.text)
    }

    /// The name as a key of an object.
    public var codingKey: any CodingKey { NameCodingKey(stringValue: self.text) }

    /// The name that a key of an object spells.
    public init?(codingKey: some CodingKey) {
        guard Self.isValid(codingKey.stringValue) else { return nil }
        self.init(unchecked: codingKey.stringValue)
    }
}

/// A name used as a key of an encoded object.
struct NameCodingKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
