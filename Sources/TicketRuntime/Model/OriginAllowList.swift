public import FlagModel

/// The web pages that may open a WebSocket here, by origin: the defence against cross-site WebSocket hijacking.
///
/// Browsers always send `Origin` with a WebSocket handshake and pages cannot forge it. A handshake without one comes
/// from another kind of client and passes.
public enum OriginAllowList: Sendable, Hashable {
    /// Any page. For development.
    case any
    /// Pages of these origins, in the normal form of ``normalize(_:)``.
    case only(Set<String>)

    /// Reads `*`, or origins separated by commas: `https://chat.example.com, https://admin.example.com:8443`.
    ///
    /// - Throws: `InvalidDocument` naming each text that is not an origin.
    public init(_ text: String) throws(InvalidDocument) {
        let parts = text.split(separator: ",").map { $0.drop { $0 == " " } }
        if parts.count == 1, parts[0] == "*" {
            self = .any
            return
        }
        var origins: Set<String> = []
        var issues: [Issue] = []
        for part in parts {
            let trimmed = String(part.reversed().drop { $0 == " " }.reversed())
            if let origin = Self.normalize(trimmed) {
                origins.insert(origin)
            } else {
                issues.append(
                    Issue(path: "", message: "expected an origin such as https://chat.example.com, without a path"))
            }
        }
        guard issues.isEmpty else { throw InvalidDocument(issues) }
        self = .only(origins)
    }

    /// Whether a handshake with this `Origin` header may go on.
    public func allows(_ origin: String?) -> Bool {
        guard let origin else { return true }
        switch self {
        case .any: return true
        case .only(let origins):
            // What browsers send is in the normal form already.
            if origins.contains(origin) { return true }
            return Self.normalize(origin).map(origins.contains) ?? false
        }
    }

    /// Whether a handshake whose credential the browser sends by itself may go on: it has to say its origin, which has to be
    /// on the list. Where any page may connect, only those of the very host that it connects to.
    ///
    /// - Parameters:
    ///   - origin: The `Origin` header.
    ///   - host: The `Host` header.
    func allowsAmbient(_ origin: String?, host: String?) -> Bool {
        guard let origin = origin.flatMap(Self.normalize) else { return false }
        switch self {
        case .any:
            guard let host else { return false }
            return ["https://", "http://"].contains { Self.normalize($0 + host) == origin }
        case .only(let origins): return origins.contains(origin)
        }
    }

    /// The origin in lower case without the scheme's default port (RFC 6454), or nil when `text` is not
    /// `scheme://host[:port]`. `null`, the origin of sandboxed pages, is not.
    static func normalize(_ text: String) -> String? {
        guard text.utf8.count <= TicketHandshake.maximumLength, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        let text = text.lowercased()
        guard let scheme = ["https", "http"].first(where: { text.hasPrefix($0 + "://") }) else { return nil }
        var authority = text.dropFirst(scheme.count + 3)
        guard !authority.isEmpty, !authority.contains(where: { "/?#@\\,".contains($0) }) else { return nil }
        let defaultPort = scheme == "https" ? ":443" : ":80"
        if authority.hasSuffix(defaultPort) { authority = authority.dropLast(defaultPort.count) }
        guard !authority.isEmpty, authority.first != ":" else { return nil }
        return scheme + "://" + authority
    }
}
