import FlagAPI
import FlagModel

extension APIClient {
    /// What the token is good for.
    func whoAmI() async throws(Failure) -> WhoAmI {
        try await self.send("GET", "/v1/whoami")
    }

    /// What the server is and how it is doing.
    func status() async throws(Failure) -> ServerStatus {
        try await self.send("GET", "/v1/status")
    }

    /// The access tokens.
    func tokens() async throws(Failure) -> TokenList {
        try await self.send("GET", "/v1/tokens")
    }

    /// Makes an access token.
    func createToken(_ request: TokenCreateRequest) async throws(Failure) -> TokenCreateResult {
        try await self.send("POST", "/v1/tokens", body: request)
    }

    /// Ends an access token.
    func revokeToken(_ name: String) async throws(Failure) -> TokenSummary {
        try await self.send("DELETE", "/v1/tokens/" + Self.escape(name))
    }

    /// Entries of the audit after one, oldest first.
    func audit(after sequence: Int64, limit: Int) async throws(Failure) -> AuditPage {
        try await self.send(
            "GET", "/v1/audit", query: [("after", String(sequence)), ("limit", String(limit))])
    }

    /// Every entry of the audit after one, page by page.
    func eachAuditPage(
        after sequence: Int64, _ body: (AuditPage) throws(Failure) -> Void
    ) async throws(Failure) {
        var next: Int64? = sequence
        while let after = next {
            let page = try await self.audit(after: after, limit: 200)
            try body(page)
            // A server that does not move on must not keep us here for ever.
            next = page.nextAfter.flatMap { $0 > after ? $0 : nil }
        }
    }
}
