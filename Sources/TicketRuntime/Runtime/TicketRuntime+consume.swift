import FlagModel
import Logging

extension TicketRuntime {
    /// Consumes a ticket: exactly one caller gets its identity, however many present it at once. One round trip to the
    /// store. A multi-use ticket is read and stays good.
    ///
    /// Nothing is granted without the store's word that this caller was the first. A consumption whose answer was lost
    /// is refused and never repeated.
    ///
    /// - Parameters:
    ///   - ticket: What was presented, whatever it is.
    ///   - handshake: Where it came from.
    /// - Throws: Any ``TicketRefusal`` but ``TicketRefusal/ticketsOff(use:)``: a ticket that was issued is honoured.
    public func consume(
        _ ticket: String, handshake: TicketHandshake = TicketHandshake()
    ) async throws(TicketRefusal) -> TicketIdentity {
        do throws(RefusedAttempt) {
            let record = try await self.spend(ticket, handshake)
            self.telemetry.count(.consume, cohort: record.cohort)
            return TicketIdentity(record)
        } catch {
            self.telemetry.count(.consume, cohort: error.cohort, refusal: error.refusal.reason)
            if self.logger.logLevel <= .info {
                self.logger.info(
                    "ticket refused",
                    metadata: [
                        TicketLogKey.reason: "\(error.refusal.slug)",
                        TicketLogKey.fingerprint: "\(self.fingerprints.fingerprint(of: ticket))",
                    ])
            }
            throw error.refusal
        }
    }

    private func spend(
        _ text: String, _ handshake: TicketHandshake
    ) async throws(RefusedAttempt) -> TicketRecord {
        guard self.configuration.allowedOrigins.allows(handshake.origin) else { throw .init(.originNotAllowed) }
        guard let ticket = PresentedTicket(text) else { throw .init(.unknownOrExpired) }
        let policy = self.policy
        let key = TicketKey(ticket)
        let now = self.clock.now()
        let lookup: TicketLookup
        do throws(TicketRefusal) {
            lookup = try await self.ask(ticket: text, use: policy.pathwayWithoutStore(for: EvaluationContext())) {
                store throws(TicketStoreError) in
                switch ticket.kind {
                case .singleUse:
                    try await store.consume(
                        key, by: SpentTicket(at: now, by: self.configuration.instance), failover: policy.failover)
                case .multiUse: try await store.read(key, failover: policy.failover)
                }
            }
        } catch {
            throw RefusedAttempt(error)
        }
        let record = try self.accept(lookup, of: ticket, under: policy)
        guard record.isBound(to: handshake) else { throw .init(.bindingMismatch, cohort: record.cohort) }
        return record
    }

    /// The record that the store found, if the ticket is good by it.
    func accept(
        _ lookup: TicketLookup, of ticket: PresentedTicket, under policy: TicketPolicy
    ) throws(RefusedAttempt) -> TicketRecord {
        let record: TicketRecord
        switch lookup {
        case .record(let found): record = found
        case .spent(let use): throw .init(.replayed(use))
        case .revoked: throw .init(.revoked)
        case .otherEpoch(let found): throw .init(.otherEpoch, cohort: found.cohort)
        case .unconfirmed:
            self.supervisor.report(
                .unconfirmed, "no replica confirmed a consumption; the ticket is refused",
                ticket: self.fingerprints.fingerprint(of: ticket.text))
            throw .init(.outcomeIndeterminate)
        case .absent: throw .init(.unknownOrExpired)
        case .unreadable:
            self.supervisor.report(
                .recordUnreadable, "a ticket's record cannot be read; do several programs share the key prefix?",
                ticket: self.fingerprints.fingerprint(of: ticket.text))
            throw .init(.unknownOrExpired)
        }
        // Under a single-use ticket's key there is never a multi-use record; if there were, reading would not spend it.
        guard record.kind == ticket.kind else { throw .init(.unknownOrExpired, cohort: record.cohort) }
        guard self.clock.now() < record.expiresAt else { throw .init(.unknownOrExpired, cohort: record.cohort) }
        if let notBefore = policy.ticketsNotBefore, record.issuedAt < notBefore {
            throw .init(.revoked, cohort: record.cohort)
        }
        return record
    }
}
