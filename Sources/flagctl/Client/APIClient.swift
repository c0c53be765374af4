import FlagAPI
import FlagModel

/// Speaks FlagServer's HTTP API in its wire types.
struct APIClient: Sendable {
    /// Carries the requests.
    let transport: any Transport
    /// Where to, and with which token.
    let connection: Connection
    /// How long a request may take.
    let timeout: Duration

    /// Sends a request and decodes the answer.
    ///
    /// - Parameter changes: Whether the request may change something; nil: what the method says.
    func send<Answer: Decodable>(
        _ method: String, _ path: String, query: [(String, String?)] = [], body: (any Encodable)? = nil,
        as credential: Credential = .accessToken, changes: Bool? = nil
    ) async throws(Failure) -> Answer {
        let response = try await self.exchange(
            method, path, query: query, body: body, as: credential, changes: changes)
        guard (200..<300).contains(response.status) else { throw self.failure(response, credential) }
        do {
            return try WireDecoder(unknownMembers: .ignore).decode(Answer.self, from: response.body)
        } catch {
            var failure = Failure(
                .error, "answer-unreadable", "the answer of \(self.connection.server) is not what was asked for",
                hint: "is it a FlagServer, and of a version that fits? compare with: flagctl version --server")
            failure.problem.issues = (error as? InvalidDocument)?.issues
            throw failure
        }
    }

    /// Sends a request and hands out the answer as it came, whatever its status.
    ///
    /// - Parameter changes: Whether the request may change something; nil: what the method says.
    func exchange(
        _ method: String, _ path: String, query: [(String, String?)] = [], body: (any Encodable)? = nil,
        as credential: Credential = .accessToken, changes: Bool? = nil
    ) async throws(Failure) -> TransportResponse {
        var request = self.request(method, path, query: query, as: credential, accept: "application/json")
        var mayChange = changes ?? (method != "GET")
        if let body {
            let json = try Session.json(body)
            request.headers.append(("Content-Type", "application/json"))
            request.body = Array(json.canonical.utf8)
            if json["dryRun"] == true { mayChange = false }
        }
        do {
            return try await self.transport.send(request)
        } catch {
            throw self.failure(error, mayChange: mayChange)
        }
    }

    /// A request without a body.
    func request(
        _ method: String, _ path: String, query: [(String, String?)], as credential: Credential, accept: String
    ) -> TransportRequest {
        var headers = [("Accept", accept), ("User-Agent", "flagctl/\(Version.current)")]
        switch credential {
        case .none: break
        case .accessToken:
            if let token = self.connection.token { headers.append(("Authorization", "Bearer \(token.revealed)")) }
        case .userJWT(let jwt): headers.append(("Authorization", "Bearer \(jwt.revealed)"))
        }
        return TransportRequest(
            method: method, url: self.connection.server.text + path + Self.text(query), headers: headers,
            timeout: self.timeout)
    }

    private static func text(_ query: [(String, String?)]) -> String {
        let items = query.compactMap { name, value in value.map { "\(name)=\(Self.escape($0))" } }
        return items.isEmpty ? "" : "?" + items.joined(separator: "&")
    }

    /// The text as a component of a path or a query: everything but RFC 3986's unreserved characters is escaped.
    static func escape(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
