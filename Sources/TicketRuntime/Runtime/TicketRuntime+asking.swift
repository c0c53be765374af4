extension TicketRuntime {
    /// Lets nobody further before there was a snapshot: what is open and what was revoked is not known then, and a ticket
    /// that the store still holds may be among it.
    ///
    /// - Throws: ``TicketRefusal/notReady(retryAfterSeconds:)``.
    func requireSnapshot(_ policy: TicketPolicy) throws(TicketRefusal) {
        guard policy.isFromSnapshot else { throw .notReady(retryAfterSeconds: 1) }
    }

    /// Whether the store may be asked.
    ///
    /// - Throws: ``TicketRefusal/storeUnavailable(retryAfterSeconds:use:)`` while the circuit breaker is open.
    func admit(use pathway: @autoclosure () -> Pathway?) throws(TicketRefusal) -> CircuitBreaker.Admission {
        let admission = self.supervisor.admit()
        if case .refused(let retryAfter) = admission {
            throw .storeUnavailable(retryAfterSeconds: Self.seconds(retryAfter), use: pathway())
        }
        return admission
    }

    /// What a caller is told when the store has failed it; the failure is logged and counted against the store.
    func refusal(
        for error: TicketStoreError, _ admission: CircuitBreaker.Admission, ticket: String?,
        use pathway: @autoclosure () -> Pathway?
    ) -> TicketRefusal {
        let retryAfter = self.supervisor.failed(
            error, admission: admission, ticket: ticket.map(self.fingerprints.fingerprint(of:)))
        if error.isOutcomeUnknown { return .outcomeIndeterminate }
        if error.cause == .randomUnavailable { return .randomUnavailable }
        return .storeUnavailable(retryAfterSeconds: Self.seconds(retryAfter), use: pathway())
    }

    /// Asks the store something that may be asked again, so that a lost answer leaves nothing open.
    ///
    /// Issue and consumption are written out instead: each further layer of asynchronous calls costs them as much as a
    /// digest does.
    func ask<Answer>(
        ticket: String?, _ question: (any TicketStore) async throws(TicketStoreError) -> Answer
    ) async throws(TicketRefusal) -> Answer {
        let admission = try self.admit(use: nil)
        do throws(TicketStoreError) {
            let answer = try await question(self.store)
            self.supervisor.succeeded()
            return answer
        } catch {
            throw self.refusal(for: error.repeatable, admission, ticket: ticket, use: nil)
        }
    }

    private static func seconds(_ milliseconds: Int64) -> Int64 { max(1, (milliseconds + 999) / 1000) }
}

extension TicketStoreError {
    /// The same fault of an operation that may be repeated, whether or not it was carried out.
    var repeatable: Self { Self(self.cause, self.description) }
}
