internal import FlagModel

/// Writes YAML text, block style outside and flow style where a collection is small.
struct YAMLWriter {
    /// The longest line that a collection in flow style makes.
    private static let width = 100

    private(set) var text = ""

    mutating func writeDocument(_ value: JSONValue) {
        if let line = Self.line(for: value, at: 0) {
            self.text += line + "\n"
        } else {
            self.write(value, indentation: 0)
        }
    }

    /// Writes a collection that does not fit on one line, each element on lines of its own.
    private mutating func write(_ value: JSONValue, indentation: Int) {
        let margin = String(repeating: " ", count: indentation)
        switch value {
        case .object(let members):
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                let label = margin + Self.spell(key) + ":"
                if let line = Self.line(for: member, at: label.count + 1) {
                    self.text += label + " " + line + "\n"
                } else {
                    self.text += label + "\n"
                    self.write(member, indentation: indentation + 2)
                }
            }
        case .array(let elements):
            for element in elements {
                if let line = Self.line(for: element, at: indentation + 2) {
                    self.text += margin + "- " + line + "\n"
                } else {
                    // The first line of the element moves up beside the dash.
                    var nested = Self()
                    nested.write(element, indentation: indentation + 2)
                    self.text += margin + "- " + nested.text.dropFirst(indentation + 2)
                }
            }
        default:
            self.text += margin + Self.flow(value) + "\n"
        }
    }

    /// The value on one line, or nil when it should have several.
    private static func line(for value: JSONValue, at column: Int) -> String? {
        guard Self.isInline(value) else { return nil }
        let text = Self.flow(value)
        let isCollection = value.arrayValue != nil || value.objectValue != nil
        return isCollection && column + text.count > Self.width ? nil : text
    }

    /// Whether a value reads well on one line: a scalar, a flat collection, or operations of JSONLogic, `{"in": […]}`.
    private static func isInline(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements):
            return elements.allSatisfy(Self.isInline)
        case .object(let members):
            if members.count == 1, let operands = members.first?.value, operands.arrayValue != nil {
                return Self.isInline(operands)
            }
            return members.values.allSatisfy { $0.arrayValue?.isEmpty ?? $0.objectValue?.isEmpty ?? true }
        default:
            return true
        }
    }

    private static func flow(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): return Self.spell(text)
        case .array(let elements): return "[" + elements.map(Self.flow).joined(separator: ", ") + "]"
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            let text = sorted.map { Self.spell($0.key) + ": " + Self.flow($0.value) }.joined(separator: ", ")
            return sorted.isEmpty ? "{}" : "{ " + text + " }"
        default: return value.canonical
        }
    }

    /// A string, quoted unless every reader takes it for the same string without.
    static func spell(_ text: String) -> String {
        let isPlain =
            !YAMLScalar.isAmbiguous(text) && text.last != " " && text.first != " "
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", " ": true
                default: false
                }
            }
        return isPlain ? text : Self.quote(text)
    }

    private static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            // What YAML does not count as printable, and its other line breaks.
            case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
