import FlagModel

extension ProvenUser {
    /// The longest session that is read, in bytes.
    static let maximumSessionLength = 64 << 10

    /// Reads a session: a JSON object with `user_id` (text or integer), and perhaps `email`, `permissions` (an array of
    /// texts) and `expires_at` (seconds since the epoch). Other members are passed over. Nil for anything else: half a
    /// session is none.
    init?(session bytes: [UInt8]) {
        guard bytes.count <= Self.maximumSessionLength, let value = try? JSONParser.parse(bytes, maximumDepth: 16),
            case .object(let members) = value
        else { return nil }
        let permissions = (members["permissions"] ?? .array([])).arrayValue
        let texts = permissions?.compactMap(\.stringValue)
        guard let id = Self.id(members["user_id"]), let texts, texts.count == permissions?.count,
            Self.isAbsent(members["email"]) || members["email"]?.stringValue != nil,
            Self.isAbsent(members["expires_at"]) || members["expires_at"]?.doubleValue != nil
        else { return nil }
        let expiresAt = members["expires_at"]?.doubleValue.map(Timestamp.init(secondsSinceEpoch:))
        guard
            let user = try? ProvenUser(
                id: id, email: members["email"]?.stringValue, permissions: texts, expiresAt: expiresAt)
        else { return nil }
        self = user
    }

    private static func id(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: text
        case .integer(let number)?: String(number)
        default: nil
        }
    }

    private static func isAbsent(_ value: JSONValue?) -> Bool { value == nil || value == .null }
}

extension Timestamp {
    /// The moment so many seconds after the epoch; a moment that is out of reach is the farthest one within.
    fileprivate init(secondsSinceEpoch seconds: Double) {
        let milliseconds = (seconds * 1000).rounded(.down)
        self.init(millisecondsSinceEpoch: Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max))
    }
}
