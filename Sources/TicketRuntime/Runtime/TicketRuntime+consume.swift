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
            return try await self.consume(ticket, from: handshake)
        } catch {
            throw error.refusal
        }
    }

    /// Consumes a ticket; a refusal says whom it concerned. It is counted either way.
    func consume(
        _ ticket: String, from handshake: TicketHandshake
    ) async throws(RefusedAttempt) -> TicketIdentity {
        let began = self.clock.microseconds()
        let policy = self.policy
        let presented: PresentedTicket
        let admission: CircuitBreaker.Admission
        do throws(TicketRefusal) {
            presented = try self.parse(ticket, handshake)
            admission = try self.admit(use: policy.pathwayWithoutStore(for: EvaluationContext(), at: self.clock.now()))
        } catch {
            throw self.refused(RefusedAttempt(error), ticket)
        }
        let key = TicketKey(presented)
        let lookup: TicketLookup
        do throws(TicketStoreError) {
            switch presented.kind {
            case .singleUse:
                let use = SpentTicket(at: self.clock.now(), by: self.configuration.instance)
                lookup = try await self.store.consume(key, by: use, failover: policy.failover)
            case .multiUse:
                lookup = try await self.store.read(key, failover: policy.failover)
            }
        } catch {
            let refusal = self.refusal(
                for: error, admission, ticket: ticket,
                use: policy.pathwayWithoutStore(for: EvaluationContext(), at: self.clock.now()))
            self.telemetry.time(.consume, cohort: .unknown, microseconds: self.clock.microseconds() - began)
            throw self.refused(RefusedAttempt(refusal), ticket)
        }
        self.supervisor.succeeded()
        let took = self.clock.microseconds() - began
        do throws(RefusedAttempt) {
            // Not the policy from before the question: a revocation that was put in force meanwhile is obeyed.
            let record = try self.accept(lookup, of: presented, under: self.policy)
            guard record.isBound(to: handshake) else { throw .init(.bindingMismatch, cohort: record.cohort) }
            self.telemetry.count(.consume, cohort: record.cohort)
            self.telemetry.time(.consume, cohort: record.cohort, microseconds: took)
            return TicketIdentity(record)
        } catch {
            self.telemetry.time(.consume, cohort: error.cohort, microseconds: took)
            if let owner = error.retracted, presented.kind == .singleUse {
                await self.store.retract(key, owner: owner)
            }
            throw self.refused(error, ticket)
        }
    }

    private func parse(
        _ ticket: String, _ handshake: TicketHandshake
    ) throws(TicketRefusal) -> PresentedTicket {
        try self.requireSnapshot(self.policy)
        guard self.configuration.allowedOrigins.allows(handshake.origin) else { throw .originNotAllowed }
        guard let presented = PresentedTicket(ticket) else { throw .unknownOrExpired }
        return presented
    }

    /// Counts and logs a refusal.
    private func refused(_ attempt: RefusedAttempt, _ ticket: String) -> RefusedAttempt {
        self.telemetry.count(.consume, cohort: attempt.cohort, refusal: attempt.refusal.reason)
        if self.logger.logLevel <= .info {
            self.logger.info(
                "ticket refused",
                metadata: [
                    TicketLogKey.reason: "\(attempt.refusal.slug)",
                    TicketLogKey.fingerprint: "\(self.fingerprints.fingerprint(of: ticket))",
                ])
        }
        return attempt
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
        guard !policy.revokes(record) else {
            throw .init(.revoked, cohort: record.cohort, retracted: record.owner)
        }
        return record
    }
}
