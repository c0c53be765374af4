extension JSONValue {
    /// The value as canonical JSON (RFC 8785): no white space, keys in the order of their UTF-16 code units, the shortest
    /// number that reads back the same, only the escapes that JSON demands.
    ///
    /// Equal documents have equal canonical text, whoever wrote them; digests are taken over it.
    public var canonical: String {
        var writer = JSONWriter(indentation: nil)
        writer.write(self, depth: 0)
        return writer.text
    }

    /// The value as JSON for people: canonical order, two spaces of indentation.
    public var pretty: String {
        var writer = JSONWriter(indentation: 2)
        writer.write(self, depth: 0)
        return writer.text
    }
}

/// Writes JSON text; the one place that knows how a string or a number is spelt.
struct JSONWriter {
    let indentation: Int?
    private(set) var text = ""

    init(indentation: Int?) {
        self.indentation = indentation
    }

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: self.text += "null"
        case .bool(let value): self.text += value ? "true" : "false"
        case .integer(let value): self.text += String(value)
        case .number(let value): self.text += Self.spell(value)
        case .string(let value): self.write(value)
        case .array(let elements):
            self.write(elements, between: "[", and: "]", depth: depth) { writer, element in
                writer.write(element, depth: depth + 1)
            }
        case .object(let members):
            let sorted = members.sorted { Self.precedes($0.key, $1.key) }
            self.write(sorted, between: "{", and: "}", depth: depth) { writer, member in
                writer.write(member.key)
                writer.text += writer.indentation == nil ? ":" : ": "
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func write<Element>(
        _ elements: [Element], between open: String, and close: String, depth: Int,
        each: (inout Self, Element) -> Void
    ) {
        self.text += open
        for (position, element) in elements.enumerated() {
            if position > 0 { self.text += "," }
            self.breakLine(depth: depth + 1)
            each(&self, element)
        }
        if !elements.isEmpty { self.breakLine(depth: depth) }
        self.text += close
    }

    private mutating func breakLine(depth: Int) {
        guard let indentation = self.indentation else { return }
        self.text += "\n" + String(repeating: " ", count: indentation * depth)
    }

    /// Whether a name comes before another: by UTF-16 code units, which for texts of ASCII alone is the order of strings.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        if left.utf8.allSatisfy({ $0 < 0x80 }), right.utf8.allSatisfy({ $0 < 0x80 }) { return left < right }
        return left.utf16.lexicographicallyPrecedes(right.utf16)
    }

    private mutating func write(_ string: String) {
        self.text += "\""
        // Nearly every string: nothing in it has to be escaped, so that it is copied in one piece.
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            self.text += string
            self.text += "\""
            return
        }
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": self.text += "\\\""
            case "\\": self.text += "\\\\"
            case "\u{08}": self.text += "\\b"
            case "\u{09}": self.text += "\\t"
            case "\u{0A}": self.text += "\\n"
            case "\u{0C}": self.text += "\\f"
            case "\u{0D}": self.text += "\\r"
            case "\u{00}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                self.text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: self.text.unicodeScalars.append(scalar)
            }
        }
        self.text += "\""
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
