extension String {
    /// The columns that the text takes on a terminal: two for East Asian wide characters and emoji, one for others.
    var displayWidth: Int {
        self.reduce(0) { $0 + $1.displayWidth }
    }

    /// The text, cut to a width with an ellipsis when it is wider.
    func truncated(to width: Int) -> String {
        guard self.displayWidth > width else { return self }
        var result = ""
        var used = 0
        for character in self {
            guard used + character.displayWidth < width else { break }
            used += character.displayWidth
            result.append(character)
        }
        return result + "…"
    }

    /// The text with control characters spelt out: what somebody wrote as a reason must not steer a terminal.
    var printable: String {
        guard self.unicodeScalars.contains(where: \.isControl) else { return self }
        return self.unicodeScalars.map { $0.isControl ? $0.escaped(asASCII: true) : String($0) }.joined()
    }

    /// ``printable``, line by line.
    var printableLines: String {
        self.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
            .joined(separator: "\n")
    }
}

extension Character {
    fileprivate var displayWidth: Int {
        guard let scalar = self.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default:
            return 1
        }
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is a control character, or one of the marks that turn the direction of text around.
    fileprivate var isControl: Bool {
        switch self.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
