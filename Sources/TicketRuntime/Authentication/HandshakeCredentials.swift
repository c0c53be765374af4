import FlagModel

/// The credentials that a handshake presents, each under its pathway, as they stand: nothing is verified yet.
///
/// An empty credential is none. Two for one pathway are kept as two, so that nobody's reading decides which counts.
struct HandshakeCredentials: Sendable {
    /// What a subprotocol that is a credential begins with, in lower case, and the pathway it is for.
    static let subprotocolPrefixes: [(prefix: String, pathway: Pathway)] = [
        ("ticket.", .ticket), ("jwt-auth.", .subprotocol), ("jwt.", .subprotocol), ("bearer.", .subprotocol),
    ]
    /// The query's parameters that are credentials, and the pathway they are for.
    static let queryParameters: [String: Pathway] = [
        "ticket": .ticket, "auth_ticket": .ticket, "ticket_id": .ticket,
        "token": .queryParameter, "jwt": .queryParameter, "auth_token": .queryParameter,
        "access_token": .queryParameter,
    ]
    /// The header field with the secret of the end-to-end tests, in lower case.
    static let bypassHeader = "x-e2e-bypass"
    /// The header field with the user whom an end-to-end test plays, in lower case.
    static let bypassUserHeader = "x-e2e-user-id"

    private var found: [Pathway: [String]] = [:]
    /// The user whom an end-to-end test plays; nil when none or more than one is named.
    private(set) var bypassUserID: String?

    /// Reads a handshake.
    ///
    /// - Parameter pathways: Names the cookies.
    init(of handshake: WebSocketHandshake, _ pathways: PathwayConfiguration) {
        // What is too long is refused whatever it holds.
        guard handshake.isWithinBounds else { return }
        self.readSubprotocols(handshake.offeredSubprotocols)
        self.readQuery(of: handshake.uri)
        self.readAuthorization(handshake.values(of: "authorization"))
        self.readCookies(handshake.values(of: "cookie"), pathways)
        handshake.values(of: Self.bypassHeader).forEach { self.add($0, for: .e2eBypass) }
        let users = handshake.values(of: Self.bypassUserHeader)
        self.bypassUserID = users.count == 1 ? users[0] : nil
    }

    /// The pathways that something is presented for, in the order in which they are tried.
    var pathways: [Pathway] { Pathway.allCases.filter { self.found[$0] != nil } }

    /// The credential that is presented for a pathway of ``pathways``.
    ///
    /// - Throws: ``TicketRefusal/handshakeMalformed(_:)`` unless there is exactly one.
    func credential(for pathway: Pathway) throws(TicketRefusal) -> String {
        let found = self.found[pathway] ?? []
        guard found.count == 1 else {
            throw .handshakeMalformed("it has \(found.count) credentials for the pathway \(pathway.rawValue)")
        }
        return found[0]
    }

    private mutating func add(_ credential: some StringProtocol, for pathway: Pathway) {
        guard !credential.isEmpty else { return }
        self.found[pathway, default: []].append(String(credential))
    }

    private mutating func readSubprotocols(_ offers: [String]) {
        for offer in offers {
            guard let (prefix, pathway) = Self.subprotocolPrefixes.first(where: { offer.hasPrefix($0.prefix) }) else {
                continue
            }
            self.add(offer.dropFirst(prefix.count), for: pathway)
        }
    }

    /// Reads `name=value` pairs after the first `?`, both percent-decoded exactly once. A plus sign is a plus sign.
    private mutating func readQuery(of uri: String) {
        guard let mark = uri.firstIndex(of: "?") else { return }
        // A fragment is never sent; what looks like one does not belong to the last value.
        let query = uri[uri.index(after: mark)...].prefix { $0 != "#" }
        for pair in query.split(separator: "&") {
            let name = pair.prefix { $0 != "=" }
            guard let name = String(name).percentDecoded, let pathway = Self.queryParameters[name] else { continue }
            let value = String(pair.drop { $0 != "=" }.dropFirst())
            // What cannot be decoded is presented as it stands, and proves nothing.
            self.add(value.percentDecoded ?? value, for: pathway)
        }
    }

    /// Reads `Bearer <JWT>`. Another scheme is somebody else's; next to a bearer it makes two.
    private mutating func readAuthorization(_ fields: [String]) {
        let scheme = "bearer "
        guard fields.contains(where: { $0.lowercased().hasPrefix(scheme) }) else { return }
        for field in fields {
            let isBearer = field.lowercased().hasPrefix(scheme)
            self.add(isBearer ? field.dropFirst(scheme.count).trimmingOptionalSpace : field, for: .authorizationHeader)
        }
    }

    /// Reads `name=value` pairs (RFC 6265, 4.2.1); values are taken as they stand.
    private mutating func readCookies(_ fields: [String], _ pathways: PathwayConfiguration) {
        for pair in fields.flatMap({ $0.split(separator: ";") }) {
            let name = pair.prefix { $0 != "=" }.trimmingOptionalSpace
            let value = pair.drop { $0 != "=" }.dropFirst().trimmingOptionalSpace
            if name == pathways.tokenCookie { self.add(value, for: .cookie) }
            if name == pathways.sessionCookie { self.add(value, for: .session) }
        }
    }
}
