internal import FlagModel

/// What an unquoted scalar means: the core schema of YAML 1.2 (section 10.3.2).
enum YAMLScalar {
    /// The value of an unquoted scalar. Numbers beyond 64 bits become doubles, those beyond doubles infinite.
    static func resolve(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .number(.infinity)
        case "-.inf", "-.Inf", "-.INF": .number(-.infinity)
        case ".nan", ".NaN", ".NAN": .number(.nan)
        default: Self.number(text) ?? .string(text)
        }
    }

    /// Whether a value is of the kind that an explicit tag names.
    static func tag(_ tag: String, admits value: JSONValue) -> Bool {
        switch value {
        case .null: tag.hasSuffix(":null")
        case .bool: tag.hasSuffix(":bool")
        case .integer: tag.hasSuffix(":int") || tag.hasSuffix(":float")
        case .number: tag.hasSuffix(":float")
        default: false
        }
    }

    /// Whether some reader, of YAML 1.1 or 1.2, would take the unquoted text for something else than a string.
    static func isAmbiguous(_ text: String) -> Bool {
        guard case .string = Self.resolve(text) else { return true }
        if ["y", "n", "yes", "no", "on", "off", "<<", "="].contains(text.lowercased()) { return true }
        // YAML 1.1 also has 1_000, 0b1, 1:30 (sexagesimal) and dates; all of them begin like a number.
        return text.utf8.first.map { Self.isDigit($0) || [0x2B, 0x2D, 0x2E].contains($0) } ?? true
    }

    private static func number(_ text: String) -> JSONValue? {
        if text.hasPrefix("0o") { return Self.integer(text.dropFirst(2), radix: 8) }
        if text.hasPrefix("0x") { return Self.integer(text.dropFirst(2), radix: 16) }
        var rest = Substring(text)
        if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
        let whole = Self.takeDigits(&rest)
        if rest.isEmpty, !whole.isEmpty { return Int64(text).map(JSONValue.integer) ?? Self.double(text) }
        if rest.first == "." {
            rest.removeFirst()
            guard !(Self.takeDigits(&rest).isEmpty && whole.isEmpty) else { return nil }
        }
        guard rest.count < text.count else { return nil }
        if rest.first == "e" || rest.first == "E" {
            guard !whole.isEmpty || text.contains(".") else { return nil }
            rest.removeFirst()
            if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
            guard !Self.takeDigits(&rest).isEmpty else { return nil }
        }
        return rest.isEmpty ? Self.double(text) : nil
    }

    private static func integer(_ digits: Substring, radix: Int) -> JSONValue? {
        guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }) else { return nil }
        return Int64(digits, radix: radix).map(JSONValue.integer)
    }

    private static func double(_ text: String) -> JSONValue? {
        Double(text).map(JSONValue.number)
    }

    private static func takeDigits(_ text: inout Substring) -> Substring {
        let digits = text.prefix { $0.utf8.count == 1 && $0.utf8.allSatisfy(Self.isDigit) }
        text = text[digits.endIndex...]
        return digits
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
