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
    ///   ``TicketRefusal/randomUnavailable``, ``TicketRefusal/notReady(retryAfterSeconds:)``; ``TicketRefusal/bindingMismatch`` when tickets are bound to addresses and
    ///   the handshake's is not known.
    public func issue(
        for subject: TicketSubject, _ request: TicketRequest = .default, handshake: TicketHandshake = TicketHandshake()
    ) async throws(TicketRefusal) -> Ticket {
        let began = self.clock.microseconds()
        let policy = self.policy
        do throws(TicketRefusal) {
            try self.requireSnapshot(policy)
        } catch {
            self.telemetry.count(.issue, cohort: .unknown, refusal: error.reason)
            throw error
        }
        let context = policy.isConstant ? EvaluationContext() : subject.evaluationContext
        let now = self.clock.now()
        guard let terms = policy.terms(for: context, at: now) else {
            self.telemetry.count(.issue, cohort: .control, refusal: .ticketsOff)
            throw .ticketsOff(use: policy.pathwayInsteadOfTickets(for: subject.evaluationContext, at: now))
        }
        let minted: PresentedTicket
        let record: TicketRecord
        let admission: CircuitBreaker.Admission
        do throws(TicketRefusal) {
            // Bound to nothing known, it would be good for everyone whose address is not known either.
            guard !terms.binding.includesAddress || !(handshake.clientAddress ?? "").isEmpty else {
                throw .bindingMismatch
            }
            let kind = terms.allowsMultiUse ? request.kind : .singleUse
            minted = try self.newTicket(kind)
            record = self.record(for: subject, request, handshake, terms, kind, policy)
            // Last, because whoever is admitted as the breaker's probe has to ask.
            admission = try self.admit(use: policy.pathwayWithoutStore(for: subject.evaluationContext, at: now))
        } catch {
            self.telemetry.count(.issue, cohort: terms.cohort, refusal: error.reason)
            throw error
        }
        do throws(TicketStoreError) {
            try await self.store.issue(record, under: TicketKey(minted))
        } catch {
            // Whether the store has it or not, nobody is told of the ticket, so asking again is safe.
            let refusal = self.refusal(
                for: error.repeatable, admission, ticket: minted.text,
                use: policy.pathwayWithoutStore(for: subject.evaluationContext, at: now))
            self.telemetry.count(.issue, cohort: terms.cohort, refusal: refusal.reason)
            self.telemetry.time(.issue, cohort: terms.cohort, microseconds: self.clock.microseconds() - began)
            throw refusal
        }
        self.supervisor.succeeded()
        self.telemetry.count(.issue, cohort: terms.cohort)
        self.telemetry.time(.issue, cohort: terms.cohort, microseconds: self.clock.microseconds() - began)
        return Ticket(minted, record, adjustments: Self.adjustments(from: request, to: record))
    }

    private func record(
        for subject: TicketSubject, _ request: TicketRequest, _ handshake: TicketHandshake, _ terms: TicketTerms,
        _ kind: TicketKind, _ policy: TicketPolicy
    ) -> TicketRecord {
        let ttl = min(request.ttl ?? terms.ttl, terms.ttl)
        let now = self.clock.now()
        return TicketRecord(
            kind: kind, cohort: terms.cohort, owner: subject.digest, userID: subject.id, email: subject.email,
            permissions: subject.permissions(granting: request.permissions), metadata: request.carried, issuedAt: now,
            expiresAt: now.advanced(byMilliseconds: ttl.milliseconds), revision: policy.revision,
            boundOrigin: terms.binding.includesOrigin ? handshake.origin ?? "" : nil,
            boundAddress: terms.binding.includesAddress ? handshake.clientAddress ?? "" : nil)
    }

    private func newTicket(_ kind: TicketKind) throws(TicketRefusal) -> PresentedTicket {
        do throws(SecureRandom.Failure) {
            return try self.tickets.mint(kind)
        } catch {
            self.supervisor.report(.randomUnavailable, error.description, ticket: nil)
            throw .randomUnavailable
        }
    }

    private static func adjustments(from request: TicketRequest, to record: TicketRecord) -> [TicketAdjustment] {
        var adjustments: [TicketAdjustment] = []
        if let asked = request.ttl, asked.seconds > record.ttlSeconds {
            adjustments.append(.ttlReduced(asked: asked.seconds, granted: record.ttlSeconds))
        }
        if record.kind != request.kind { adjustments.append(.singleUseEnforced) }
        if let asked = request.permissions, Set(asked).count > record.permissions.count {
            adjustments.append(.permissionsReduced)
        }
        return adjustments
    }
}
