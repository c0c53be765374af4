import FlagModel

extension TicketRuntime {
    /// Whether a ticket is good. Never consumes it.
    ///
    /// What it returns is for its owner and for backends; give anyone else ``TicketValidation/shown(to:)``.
    ///
    /// - Throws: ``TicketRefusal/storeUnavailable(retryAfterSeconds:use:)``, ``TicketRefusal/notReady(retryAfterSeconds:)``.
    public func validate(_ ticket: String) async throws(TicketRefusal) -> TicketValidation {
        guard let presented = PresentedTicket(ticket) else {
            self.telemetry.count(.validate, cohort: .unknown, refusal: .unknownOrExpired)
            return TicketValidation(.unknownOrExpired)
        }
        let failover = self.policy.failover
        let key = TicketKey(presented)
        let lookup: TicketLookup
        do throws(TicketRefusal) {
            try self.requireSnapshot(self.policy)
            lookup = try await self.ask(ticket: ticket) { store throws(TicketStoreError) in
                try await store.read(key, failover: failover)
            }
        } catch {
            self.telemetry.count(.validate, cohort: .unknown, refusal: error.reason)
            throw error
        }
        do throws(RefusedAttempt) {
            let record = try self.accept(lookup, of: presented, under: self.policy)
            self.telemetry.count(.validate, cohort: record.cohort)
            return TicketValidation(TicketIdentity(record))
        } catch {
            self.telemetry.count(.validate, cohort: error.cohort, refusal: error.refusal.reason)
            return TicketValidation(error.refusal.reason)
        }
    }
}
