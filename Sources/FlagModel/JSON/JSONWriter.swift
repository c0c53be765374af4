/// Writes JSON text; the one place that knows how a string or a number is spelt.
struct JSONWriter {
    let indentation: Int?
    /// The text so far, in UTF-8.
    private(set) var bytes: [UInt8] = []

    init(indentation: Int?) {
        self.indentation = indentation
    }

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: self.append("null")
        case .bool(let value): self.append(value ? "true" : "false")
        case .integer(let value): self.append(String(value))
        case .number(let value): self.append(Self.spell(value))
        case .string(let value): self.write(value)
        case .array(let elements):
            self.write(elements, between: UInt8(ascii: "["), and: UInt8(ascii: "]"), depth: depth) { writer, element in
                writer.write(element, depth: depth + 1)
            }
        case .object(let members):
            let sorted = members.sorted { Self.precedes($0.key, $1.key) }
            self.write(sorted, between: UInt8(ascii: "{"), and: UInt8(ascii: "}"), depth: depth) { writer, member in
                writer.write(member.key)
                writer.bytes.append(UInt8(ascii: ":"))
                if writer.indentation != nil { writer.bytes.append(UInt8(ascii: " ")) }
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func write<Element>(
        _ elements: [Element], between open: UInt8, and close: UInt8, depth: Int, each: (inout Self, Element) -> Void
    ) {
        self.bytes.append(open)
        var isFirst = true
        for element in elements {
            if !isFirst { self.bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            self.breakLine(depth: depth + 1)
            each(&self, element)
        }
        if !elements.isEmpty { self.breakLine(depth: depth) }
        self.bytes.append(close)
    }

    private mutating func breakLine(depth: Int) {
        guard let indentation = self.indentation else { return }
        self.bytes.append(UInt8(ascii: "\n"))
        self.bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * depth))
    }

    /// Whether a name comes before another: by UTF-16 code units, which for texts of ASCII alone is the order of strings.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        if left.isASCII, right.isASCII { return left < right }
        return left.utf16.lexicographicallyPrecedes(right.utf16)
    }

    private mutating func append(_ text: String) {
        self.bytes.append(contentsOf: text.utf8)
    }

    private mutating func write(_ string: String) {
        var string = string
        self.bytes.append(UInt8(ascii: "\""))
        string.withUTF8 { text in
            // Nearly every string: nothing in it has to be escaped, so that it is copied in one piece.
            guard text.contains(where: Self.isEscaped) else {
                self.bytes.append(contentsOf: text)
                return
            }
            for byte in text { self.writeEscaping(byte) }
        }
        self.bytes.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func writeEscaping(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): self.append("\\\"")
        case UInt8(ascii: "\\"): self.append("\\\\")
        case 0x08: self.append("\\b")
        case 0x09: self.append("\\t")
        case 0x0A: self.append("\\n")
        case 0x0C: self.append("\\f")
        case 0x0D: self.append("\\r")
        case 0..<0x20: self.append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
        default: self.bytes.append(byte)
        }
    }

    /// ECMAScript's Number::toString, which RFC 8785 prescribes. Swift's description has the same shortest digits in
    /// another layout, so only the layout is done here.
    static func spell(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        guard value != 0 else { return "0" }
        // Whole numbers that a double holds exactly are spelt as such.
        if value.magnitude < 0x1p53, value == value.rounded(.towardZero) { return String(Int64(value)) }
        let (digits, exponent) = Self.shortestDigits(of: value.magnitude)
        let sign = value < 0 ? "-" : ""
        switch exponent {
        case digits.count...21:
            return sign + digits + String(repeating: "0", count: exponent - digits.count)
        case 1...21:
            return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
        case -5...0:
            return sign + "0." + String(repeating: "0", count: -exponent) + digits
        default:
            let power = exponent - 1
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return sign + digits.prefix(1) + fraction + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
        }
    }

    /// The significant digits of `value`, and the position of the decimal point counted from their start.
    private static func shortestDigits(of value: Double) -> (digits: String, exponent: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(mantissa[0])
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
        let all = whole + fraction
        let leading = all.prefix { $0 == "0" }.count
        var digits = String(all.dropFirst(leading))
        while digits.hasSuffix("0") { digits.removeLast() }
        let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return (digits, whole.count - leading + power)
    }
}

extension String {
    /// Whether all of it is ASCII: then, and only then, the two encodings are equally long. Swift knows that of nearly every
    /// text of ASCII without looking.
    fileprivate var isASCII: Bool { self.utf8.count == self.utf16.count }
}
