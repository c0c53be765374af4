/// A strict JSON parser (RFC 8259) with limits, whose errors name the place.
///
/// It refuses what lenient parsers let through and what two readers may therefore read differently: a key that stands
/// twice in an object, invalid UTF-8, lone surrogates, numbers that overflow, text after the document.
public struct JSONParser {
    /// How deeply arrays and objects may be nested; deeper documents are refused.
    public static let defaultMaximumDepth = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private let maximumDepth: Int
    private var position = 0

    /// The value that `text` spells.
    public static func parse(
        _ text: String, maximumDepth: Int = Self.defaultMaximumDepth
    ) throws(JSONSyntaxError) -> JSONValue {
        try Self.parse(Array(text.utf8), maximumDepth: maximumDepth)
    }

    /// The value that the UTF-8 text `bytes` spells.
    public static func parse(
        _ bytes: [UInt8], maximumDepth: Int = Self.defaultMaximumDepth
    ) throws(JSONSyntaxError) -> JSONValue {
        let result: Result<JSONValue, JSONSyntaxError> = bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(bytes: buffer, maximumDepth: maximumDepth)
            do throws(JSONSyntaxError) {
                return .success(try parser.parseDocument())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    private mutating func parseDocument() throws(JSONSyntaxError) -> JSONValue {
        self.skipWhiteSpace()
        guard self.position < self.bytes.count else { throw self.error("the document is empty") }
        let value = try self.parseValue(depth: 0)
        self.skipWhiteSpace()
        guard self.position == self.bytes.count else { throw self.error("there is text after the end of the document") }
        return value
    }

    private mutating func parseValue(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard let byte = self.peek() else { throw self.endOfText(expected: "a value") }
        switch byte {
        case UInt8(ascii: "{"): return try self.parseObject(depth: depth)
        case UInt8(ascii: "["): return try self.parseArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try self.parseString())
        case UInt8(ascii: "t"): return try self.parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try self.parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try self.parseWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try self.parseNumber()
        default: throw self.error("expected a value")
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        try self.enter(depth)
        var members: [String: JSONValue] = [:]
        if self.consumeClosing(UInt8(ascii: "}")) { return .object(members) }
        while true {
            guard self.peek() == UInt8(ascii: "\"") else { throw self.unexpected("a key in double quotes") }
            let start = self.position
            let key = try self.parseString()
            self.skipWhiteSpace()
            guard self.peek() == UInt8(ascii: ":") else { throw self.unexpected("a colon after the key") }
            self.position += 1
            self.skipWhiteSpace()
            let value = try self.parseValue(depth: depth + 1)
            // Objects have one member, or several.
            if members.count == 1 { members.reserveCapacity(6) }
            guard members.updateValue(value, forKey: key) == nil else {
                throw self.error("the key \"\(key.shortened())\" stands twice in one object", at: start)
            }
            if try self.finishElement(closing: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        try self.enter(depth)
        var elements: [JSONValue] = []
        if self.consumeClosing(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try self.parseValue(depth: depth + 1))
            if try self.finishElement(closing: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    private mutating func enter(_ depth: Int) throws(JSONSyntaxError) {
        guard depth < self.maximumDepth else {
            throw self.error("nested deeper than \(self.maximumDepth) levels")
        }
        self.position += 1
        self.skipWhiteSpace()
    }

    private mutating func consumeClosing(_ byte: UInt8) -> Bool {
        guard self.peek() == byte else { return false }
        self.position += 1
        return true
    }

    /// Reads what follows an element: true when the container is closed, false when another element comes.
    private mutating func finishElement(closing: UInt8) throws(JSONSyntaxError) -> Bool {
        self.skipWhiteSpace()
        switch self.peek() {
        case closing:
            self.position += 1
            return true
        case UInt8(ascii: ","):
            self.position += 1
            self.skipWhiteSpace()
            return false
        default:
            throw self.unexpected("a comma or \"\(Character(Unicode.Scalar(closing)))\"")
        }
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard self.peek(at: self.position + index) == word.utf8Start[index] else {
                throw self.error("expected a value")
            }
        }
        self.position += word.utf8CodeUnitCount
        return value
    }

    private mutating func parseNumber() throws(JSONSyntaxError) -> JSONValue {
        let start = self.position
        if self.peek() == UInt8(ascii: "-") { self.position += 1 }
        if self.peek() == UInt8(ascii: "0") {
            self.position += 1
            if let next = self.peek(), Self.isDigit(next) {
                throw self.error("a number cannot start with 0", at: start)
            }
        } else {
            try self.skipDigits()
        }
        var isWhole = true
        if self.peek() == UInt8(ascii: ".") {
            isWhole = false
            self.position += 1
            try self.skipDigits()
        }
        if let byte = self.peek(), byte | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            self.position += 1
            if let sign = self.peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { self.position += 1 }
            try self.skipDigits()
        }
        let text = String(decoding: self.bytes[start..<self.position], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            throw self.error("the number is too large", at: start)
        }
        return .number(number)
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        guard let first = self.peek(), Self.isDigit(first) else { throw self.unexpected("a digit") }
        while let byte = self.peek(), Self.isDigit(byte) { self.position += 1 }
    }

    private mutating func parseString() throws(JSONSyntaxError) -> String {
        let start = self.position
        self.position += 1
        let (end, isASCII) = self.plainText()
        if self.peek(at: end) == UInt8(ascii: "\"") {
            // Nearly every string: nothing in it is escaped, so that it is made from where it stands.
            let bytes = UnsafeBufferPointer(rebasing: self.bytes[self.position..<end])
            self.position = end + 1
            if isASCII { return String(decoding: bytes, as: UTF8.self) }
            return try self.validated(bytes, from: start)
        }
        return try self.parseEscapedString(from: start)
    }

    /// How far the text goes on without what is escaped in a string or ends it, and whether it is all ASCII.
    private func plainText() -> (end: Int, isASCII: Bool) {
        var end = self.position
        var all: UInt8 = 0
        while end < self.bytes.count {
            let byte = self.bytes[end]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            all |= byte
            end += 1
        }
        return (end, all < 0x80)
    }

    private mutating func parseEscapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text: [UInt8] = []
        while let byte = self.peek() {
            switch byte {
            case UInt8(ascii: "\""):
                self.position += 1
                return try self.validated(text, from: start)
            case UInt8(ascii: "\\"):
                let scalar = try self.parseEscape()
                text.append(contentsOf: Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
            case 0..<0x20:
                throw self.error("a control character in a string must be escaped")
            default:
                let end = self.plainText().end
                text.append(contentsOf: self.bytes[self.position..<end])
                self.position = end
            }
        }
        throw self.endOfText(expected: "the end of the string that starts at byte \(start + 1)")
    }

    private func validated(_ bytes: some Collection<UInt8>, from start: Int) throws(JSONSyntaxError) -> String {
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw self.error("the string is not valid UTF-8", at: start)
        }
        return string
    }

    private mutating func parseEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = self.position
        guard let byte = self.peek(at: start + 1) else { throw self.endOfText(expected: "an escape") }
        self.position += 2
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw self.error("unknown escape in a string", at: start)
        }
        let unit = try self.parseHexadecimalUnit(start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard Unicode.UTF16.isLeadSurrogate(unit), self.peek() == UInt8(ascii: "\\"),
            self.peek(at: self.position + 1) == UInt8(ascii: "u")
        else { throw self.error("half of a surrogate pair", at: start) }
        self.position += 2
        let trail = try self.parseHexadecimalUnit(start)
        guard Unicode.UTF16.isTrailSurrogate(trail) else { throw self.error("half of a surrogate pair", at: start) }
        return Unicode.UTF16.decode(Unicode.UTF16.EncodedScalar([unit, trail]))
    }

    private mutating func parseHexadecimalUnit(_ start: Int) throws(JSONSyntaxError) -> UInt16 {
        let end = self.position + 4
        guard end <= self.bytes.count else { throw self.endOfText(expected: "four hexadecimal digits") }
        let digits = self.bytes[self.position..<end]
        // The integer parser also takes a sign.
        guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw self.error("an escape \\u takes four hexadecimal digits", at: start) }
        self.position = end
        return unit
    }

    private mutating func skipWhiteSpace() {
        while let byte = self.peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            self.position += 1
        }
    }

    private func peek() -> UInt8? { self.peek(at: self.position) }

    private func peek(at position: Int) -> UInt8? {
        position < self.bytes.count ? self.bytes[position] : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private func unexpected(_ expected: String) -> JSONSyntaxError {
        self.position < self.bytes.count ? self.error("expected \(expected)") : self.endOfText(expected: expected)
    }

    private func endOfText(expected: String) -> JSONSyntaxError {
        self.error("the text ends where \(expected) should stand; is it cut off?", at: self.bytes.count)
    }

    private func error(_ reason: String, at position: Int? = nil) -> JSONSyntaxError {
        let before = self.bytes[..<(position ?? self.position)]
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return JSONSyntaxError(reason: reason, line: line, column: column)
    }
}
