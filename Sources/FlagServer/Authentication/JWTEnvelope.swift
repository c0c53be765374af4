internal import Digest
internal import FlagModel

/// A JWT taken apart (RFC 7515, section 3.1), before anything in it is believed.
struct JWTEnvelope {
    /// The longest token that is looked at, in bytes.
    static let maximumLength = 8192
    /// How deeply header and claims may be nested.
    static let maximumDepth = 8

    /// The header's `alg`.
    let algorithm: String
    /// The header's `kid`.
    let keyID: String?
    /// What the signature is over: the encoded header, a dot and the encoded payload.
    let signingInput: [UInt8]
    /// The signature.
    let signature: [UInt8]

    private let payload: Substring

    /// Takes `token` apart and reads its header. The payload is not looked at: see ``claims()``.
    ///
    /// - Throws: ``JWTRefusal`` with `malformed`.
    init(parsing token: Substring) throws(JWTRefusal) {
        let text = token.utf8
        guard text.count <= Self.maximumLength else {
            throw JWTRefusal(.malformed, "it is longer than \(Self.maximumLength) bytes")
        }
        guard let first = text.firstIndex(of: UInt8(ascii: ".")),
            let second = text[text.index(after: first)...].firstIndex(of: UInt8(ascii: ".")),
            let signature = Base64URL.decode(token[text.index(after: second)...])
        else {
            throw JWTRefusal(.malformed, "it is not three parts of base64url without padding, separated by dots")
        }
        let header = try Self.object(token[..<first], "header")
        try Self.check(header)
        guard case .string(let algorithm)? = header["alg"] else {
            throw JWTRefusal(.malformed, "its header names no algorithm")
        }
        switch header["kid"] {
        case .string(let keyID)?: self.keyID = keyID
        case nil: self.keyID = nil
        default: throw JWTRefusal(.malformed, "the kid of its header is not a string")
        }
        self.algorithm = algorithm
        self.signingInput = Array(text[..<second])
        self.signature = signature
        self.payload = token[text.index(after: first)..<second]
    }

    /// The claims. To be read only once the signature has been verified.
    ///
    /// - Throws: ``JWTRefusal`` with `malformed`.
    func claims() throws(JWTRefusal) -> [String: JSONValue] {
        try Self.object(self.payload, "payload")
    }

    /// Refuses what would change the meaning of the token. Members that offer a key (`jwk`, `jku`, `x5c`, `x5u`) are
    /// passed over, as RFC 7515 permits: a token never brings its own key.
    private static func check(_ header: [String: JSONValue]) throws(JWTRefusal) {
        guard header["crit"] == nil else {
            throw JWTRefusal(.malformed, "its header lists critical extensions, and none is supported")
        }
        // RFC 8725, section 3.11: the same key may sign other kinds of tokens, such as logout tokens.
        switch header["typ"] {
        case nil: break
        case .string(let type)? where ["jwt", "at+jwt", "application/at+jwt"].contains(type.lowercased()): break
        default: throw JWTRefusal(.malformed, "the typ of its header is neither JWT nor at+jwt")
        }
    }

    private static func object(_ part: Substring, _ noun: String) throws(JWTRefusal) -> [String: JSONValue] {
        guard let bytes = Base64URL.decode(part) else {
            throw JWTRefusal(.malformed, "its \(noun) is not base64url without padding")
        }
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes, maximumDepth: Self.maximumDepth)
        } catch {
            throw JWTRefusal(.malformed, "its \(noun) is not strict JSON (a member may not stand twice)")
        }
        guard case .object(let members) = value else {
            throw JWTRefusal(.malformed, "its \(noun) is not a JSON object")
        }
        return members
    }
}
