import FlagAPI
import FlagModel
import Testing

@Suite("A client of the old ticket system works unchanged: the members' names are the old ones")
struct TicketWireNamesTests {
    private func names(_ value: some Encodable) throws -> [String] {
        try #require(try JSONParser.parse(try WireEncoder.encode(value)).objectValue).keys.sorted()
    }

    @Test("Asking for a ticket")
    func issueRequest() throws {
        #expect(
            try self.names(TicketIssueRequest(ttlSeconds: 30, singleUse: true, permissions: [], metadata: [:]))
                == ["metadata", "permissions", "single_use", "ttl_seconds"])
        #expect(try self.names(TicketIssueRequest()).isEmpty)
    }

    @Test("A new ticket")
    func issueResult() throws {
        let names = try self.names(
            TicketIssueResult(
                ticketID: "t", expiresAt: 2, createdAt: 1, ttlSeconds: 30, singleUse: true, permissions: [],
                websocketURL: "u"))
        let old = ["ticket_id", "expires_at", "created_at", "ttl_seconds", "single_use", "websocket_url"]
        #expect(Set(names).isSuperset(of: old))
    }

    @Test("Whether a ticket is good")
    func validateResult() throws {
        #expect(
            try self.names(
                TicketValidateResult(valid: true, userID: "u", email: "e", permissions: [], expiresAt: 1, error: "x"))
                == ["email", "error", "expires_at", "permissions", "user_id", "valid"])
    }

    @Test("Revoking a ticket, and whether tickets can be had")
    func others() throws {
        #expect(try self.names(TicketRevokeResult(success: true, message: "m")) == ["message", "success"])
        #expect(
            try self.names(
                TicketSystemStatus(
                    ticketSystemEnabled: true, redisAvailable: true, redisStatus: "s", defaultTTLSeconds: 30,
                    maxTTLSeconds: 3600,
                    ticketPrefix: "p"))
                == [
                    "default_ttl_seconds", "max_ttl_seconds", "redis_available", "redis_status", "ticket_prefix",
                    "ticket_system_enabled",
                ])
    }

    @Test("Authenticating a handshake")
    func authenticate() throws {
        #expect(
            try self.names(HandshakeRequest(uri: "/", headers: ["a": "b"], address: "::1"))
                == ["address", "headers", "uri"])
        #expect(
            try self.names(
                HandshakeResult(
                    userID: "u", email: "e", permissions: [], metadata: [:], pathway: "ticket", subprotocol: "s",
                    expiresAt: 2, revision: 1))
                == [
                    "email", "expires_at", "metadata", "pathway", "permissions", "revision", "subprotocol", "user_id",
                ])
    }

    @Test("Consuming a ticket")
    func consume() throws {
        #expect(
            try self.names(TicketConsumeRequest(ticket: "t", origin: "o", clientAddress: "a"))
                == ["client_address", "origin", "ticket"])
        #expect(
            try self.names(
                TicketConsumeResult(
                    userID: "u", email: "e", permissions: [], metadata: [:], pathway: "ticket", createdAt: 1,
                    expiresAt: 2,
                    singleUse: true, revision: 1))
                == [
                    "created_at", "email", "expires_at", "metadata", "pathway", "permissions", "revision", "single_use",
                    "user_id",
                ])
    }

    @Test("Times are fractional seconds since the epoch")
    func times() throws {
        let result = TicketIssueResult(
            ticketID: "t", expiresAt: 1_772_600_797.089, createdAt: 1_772_600_767.089, ttlSeconds: 30, singleUse: true,
            permissions: [],
            websocketURL: "u")
        let json = try JSONParser.parse(try WireEncoder.encode(result))
        #expect(json["created_at"] == 1_772_600_767.089)
        #expect(json["expires_at"] == 1_772_600_797.089)
    }
}
