import Digest
import FlagModel

extension TicketRuntime {
    /// Issues a ticket, if the policy gives the user any. One round trip to the store.
    ///
    /// The decision, its revision and the cohort are stamped into the ticket, and consumption honours the stamp: a policy
    /// that reaches instances at different times cannot make a user's connection flap.
    ///
    /// - Parameters:
    ///   - subject: The user.
    ///   - request: What the user wants. Less may be granted: ``Ticket/adjustments`` tells.
    ///   - handshake: Where the request came from, for tickets that are bound to it.
    /// - Throws: ``TicketRefusal/ticketsOff(use:)``, ``TicketRefusal/storeUnavailable(retryAfterSeconds:use:)``,
    ///   ``TicketRefusal/randomUnavailable``.
    public func issue(
        for subject: TicketSubject, _ request: TicketRequest = .default, handshake: TicketHandshake = TicketHandshake()
    ) async throws(TicketRefusal) -> Ticket {
        let policy = self.policy
        let context = policy.isConstant ? EvaluationContext() : subject.evaluationContext
        guard let terms = policy.terms(for: context) else {
            self.telemetry.count(.issue, cohort: .control, refusal: .ticketsOff)
            throw .ticketsOff(use: policy.pathwayInsteadOfTickets(for: subject.evaluationContext))
        }
        do throws(TicketRefusal) {
            let ticket = try await self.issue(for: subject, request, handshake, terms, policy)
            self.telemetry.count(.issue, cohort: terms.cohort)
            return ticket
        } catch {
            self.telemetry.count(.issue, cohort: terms.cohort, refusal: error.reason)
            throw error
        }
    }

    private func issue(
        for subject: TicketSubject, _ request: TicketRequest, _ handshake: TicketHandshake, _ terms: TicketTerms,
        _ policy: TicketPolicy
    ) async throws(TicketRefusal) -> Ticket {
        let ttl = min(request.ttl ?? terms.ttl, terms.ttl)
        let kind = terms.allowsMultiUse ? request.kind : .singleUse
        let permissions = subject.permissions(granting: request.permissions)
        let now = self.clock.now()
        let record = TicketRecord(
            kind: kind, cohort: terms.cohort, owner: subject.digest, userID: subject.id,
            email: subject.email, permissions: permissions, metadata: request.carried, issuedAt: now,
            expiresAt: now.advanced(byMilliseconds: ttl.milliseconds), revision: policy.revision,
            boundOrigin: terms.binding.includesOrigin ? handshake.origin ?? "" : nil,
            boundAddress: terms.binding.includesAddress ? handshake.clientAddress ?? "" : nil)
        let minted = try self.newTicket(kind)
        let key = TicketKey(minted)
        try await self.ask(ticket: minted.text, use: policy.pathwayWithoutStore(for: subject.evaluationContext)) {
            store throws(TicketStoreError) in
            do throws(TicketStoreError) {
                try await store.issue(record, under: key)
            } catch {
                // Whether the store has it or not, nobody is told of the ticket, so asking again is safe.
                throw TicketStoreError(error.cause, error.description)
            }
        }
        return Ticket(
            id: minted.text, issuedAt: now, expiresAt: record.expiresAt, ttlSeconds: ttl.seconds,
            isSingleUse: kind == .singleUse, permissions: permissions, revision: policy.revision,
            cohort: terms.cohort,
            adjustments: Self.adjustments(from: request, ttl: ttl, kind: kind, permissions: permissions))
    }

    private func newTicket(_ kind: TicketKind) throws(TicketRefusal) -> PresentedTicket {
        do throws(SecureRandom.Failure) {
            return try self.tickets.mint(kind)
        } catch {
            self.supervisor.report(.randomUnavailable, error.description, ticket: nil)
            throw .randomUnavailable
        }
    }

    private static func adjustments(
        from request: TicketRequest, ttl: TicketTTL, kind: TicketKind, permissions: [String]
    ) -> [TicketAdjustment] {
        var adjustments: [TicketAdjustment] = []
        if let asked = request.ttl, asked > ttl {
            adjustments.append(.ttlReduced(asked: asked.seconds, granted: ttl.seconds))
        }
        if kind != request.kind { adjustments.append(.singleUseEnforced) }
        if let asked = request.permissions, Set(asked).count > permissions.count {
            adjustments.append(.permissionsReduced)
        }
        return adjustments
    }
}
