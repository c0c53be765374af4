import FlagModel

extension TicketRuntime {
    /// Revokes a ticket if it is the user's. The owner is checked and the ticket revoked in one step; asking again
    /// changes nothing; somebody else's ticket is not touched.
    ///
    /// - Throws: ``TicketRefusal/storeUnavailable(retryAfterSeconds:use:)``. Ask again.
    public func revoke(
        _ ticket: String, ownedBy userID: String
    ) async throws(TicketRefusal) -> TicketRevocation {
        guard let presented = PresentedTicket(ticket) else { return .notFound }
        let key = TicketKey(presented)
        let owner = SubjectDigest(userID: userID)
        let failover = self.policy.failover
        return try await self.counted(.revoke) { () async throws(TicketRefusal) in
            try await self.ask(ticket: ticket) { store throws(TicketStoreError) in
                try await store.revoke(key, owner: owner, failover: failover)
            }
        }
    }

    /// Revokes all tickets of a user that were issued before this returns, at every instance that shares the store. A
    /// ticket that is being issued at the same moment may or may not be among them.
    ///
    /// - Throws: ``TicketRefusal/storeUnavailable(retryAfterSeconds:use:)``. Ask again.
    public func revokeAll(ofUser userID: String) async throws(TicketRefusal) {
        let owner = SubjectDigest(userID: userID)
        let failover = self.policy.failover
        try await self.counted(.revokeAll) { () async throws(TicketRefusal) in
            try await self.ask(ticket: nil) { store throws(TicketStoreError) in
                try await store.revokeAll(of: owner, failover: failover)
            }
        }
    }

    private func counted<Answer>(
        _ operation: TicketOperation, _ body: () async throws(TicketRefusal) -> Answer
    ) async throws(TicketRefusal) -> Answer {
        do throws(TicketRefusal) {
            let answer = try await body()
            self.telemetry.count(operation, cohort: .unknown)
            return answer
        } catch {
            self.telemetry.count(operation, cohort: .unknown, refusal: error.reason)
            throw error
        }
    }
}
