internal import FlagAPI
internal import FlagModel
internal import TicketRuntime

// What TicketRuntime takes and gives, in the words of the wire.

extension TicketSubject {
    /// The user of a JWT.
    ///
    /// - Throws: `TicketRefusal.subjectIncomplete`.
    init(_ user: UserIdentity) throws(TicketRefusal) {
        try self.init(
            id: user.subject, email: user.email, permissions: user.permissions, attributes: user.attributes)
    }
}

extension TicketRequest {
    /// Reads the body of a request for a ticket.
    ///
    /// - Throws: `JSONSyntaxError`, or `InvalidDocument` with the places.
    init(json: [UInt8]) throws {
        let body = try WireDecoder(unknownMembers: .ignore).decode(TicketIssueRequest.self, from: json)
        try self.init(
            ttlSeconds: body.ttlSeconds, singleUse: body.singleUse, permissions: body.permissions,
            metadata: body.metadata)
    }
}

extension TicketValidateResult {
    init(_ validation: TicketValidation) {
        self.init(
            valid: validation.isValid, userID: validation.identity?.userID, email: validation.identity?.email,
            permissions: validation.identity?.permissions,
            expiresAt: validation.identity?.expiresAt.secondsSinceEpoch,
            error: validation.reason?.problemKind.rawValue)
    }
}

extension TicketConsumeResult {
    init(_ identity: TicketIdentity) {
        self.init(
            userID: identity.userID, email: identity.email, permissions: identity.permissions,
            metadata: identity.metadata, pathway: identity.pathway.rawValue,
            createdAt: identity.issuedAt.secondsSinceEpoch, expiresAt: identity.expiresAt.secondsSinceEpoch,
            singleUse: identity.isSingleUse, revision: identity.revision)
    }
}
