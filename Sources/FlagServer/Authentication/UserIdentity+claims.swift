internal import FlagModel

extension UserIdentity {
    /// The most claims that become attributes; what is beyond, in the order of the names, is left out.
    static let maximumAttributeCount = 32
    /// The longest name of an attribute, in bytes.
    static let maximumAttributeNameLength = 64
    /// The longest string in an attribute, in bytes.
    static let maximumAttributeLength = 256
    /// The most elements of an attribute that is an array.
    static let maximumAttributeElements = 32

    /// Claims that say something about the token rather than the user, or that have a property of their own.
    private static let otherwiseUsed: Set<String> = [
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "user_id", "email", "permissions", "scope", "nonce", "sid",
        "at_hash", "c_hash", "targetingKey",
    ]

    /// The user that the claims of a verified token describe.
    ///
    /// - Throws: ``JWTRefusal`` with `subject-missing`, or `malformed` for a claim of the wrong type.
    init(claims: [String: JSONValue], expiresAt: Timestamp) throws(JWTRefusal) {
        self.subject = try Self.subject(of: claims)
        self.email = try Self.string("email", of: claims)
        self.permissions = try Self.permissions(of: claims)
        self.expiresAt = expiresAt
        let attributes = claims.filter { Self.isAttribute($0.key, $0.value) }.sorted { $0.key < $1.key }
        self.attributes = Dictionary(
            uniqueKeysWithValues: attributes.prefix(Self.maximumAttributeCount).map { ($0.key, $0.value) })
    }

    /// Whether a claim becomes an attribute: a scalar or an array of scalars within the limits, whose name is not used
    /// otherwise and does not begin with `$`, which evaluation contexts reserve.
    ///
    /// A claim beyond a limit is left out whole: one cut short could match a rule that it should not.
    static func isAttribute(_ name: String, _ value: JSONValue) -> Bool {
        guard name.utf8.count <= Self.maximumAttributeNameLength, !name.hasPrefix("$"),
            !Self.otherwiseUsed.contains(name)
        else { return false }
        guard case .array(let elements) = value else { return Self.isScalar(value) }
        return elements.count <= Self.maximumAttributeElements && elements.allSatisfy(Self.isScalar)
    }

    private static func isScalar(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): text.utf8.count <= Self.maximumAttributeLength
        case .bool, .integer, .number: true
        case .null, .array, .object: false
        }
    }

    private static func subject(of claims: [String: JSONValue]) throws(JWTRefusal) -> String {
        if let subject = try Self.string("sub", of: claims) {
            guard !subject.isEmpty else { throw .subjectMissing }
            return subject
        }
        // Old issuers write a row's number.
        if case .integer(let number)? = claims["user_id"] { return String(number) }
        guard let subject = try Self.string("user_id", of: claims), !subject.isEmpty else { throw .subjectMissing }
        return subject
    }

    /// `permissions` as an array, else `scope` (RFC 8693, section 4.2) as words.
    private static func permissions(of claims: [String: JSONValue]) throws(JWTRefusal) -> [String] {
        let words: [String]
        switch claims["permissions"] {
        case .array(let elements)?:
            words = elements.compactMap(\.stringValue)
            guard words.count == elements.count else {
                throw JWTRefusal(.malformed, "the claim permissions holds something that is not a string")
            }
        case .null?, nil:
            words = try Self.string("scope", of: claims)?.split(separator: " ").map(String.init) ?? []
        default:
            throw JWTRefusal(.malformed, "the claim permissions is not an array of strings")
        }
        var seen: Set<String> = []
        return words.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private static func string(_ claim: String, of claims: [String: JSONValue]) throws(JWTRefusal) -> String? {
        switch claims[claim] {
        case .string(let text)?: return text
        case .null?, nil: return nil
        default: throw JWTRefusal(.malformed, "the claim \(claim) is not a string")
        }
    }
}
