import FlagModel

/// Asks the session store, with a circuit breaker of its own: that sessions cannot be looked up tells nothing about tickets.
final class SessionLookup: Sendable {
    private let store: any SessionStore
    private let supervisor: StoreSupervisor
    private let now: @Sendable () -> Timestamp

    init(_ store: any SessionStore, supervisor: StoreSupervisor, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.supervisor = supervisor
        self.now = now
    }

    /// The user of a session.
    ///
    /// - Throws: ``TokenRefusal``.
    func user(ofSession id: String) async throws(TokenRefusal) -> ProvenUser {
        let admission = self.supervisor.admit()
        if case .refused(let retryAfter) = admission { throw .unavailable(afterMilliseconds: retryAfter) }
        let user: ProvenUser?
        do throws(TicketStoreError) {
            user = try await self.store.user(ofSession: id)
        } catch {
            let retryAfter = self.supervisor.failed(error, admission: admission, ticket: nil)
            if error.cause == .recordUnreadable { throw .invalid("the session cannot be read") }
            throw .unavailable(afterMilliseconds: retryAfter)
        }
        self.supervisor.succeeded()
        guard let user else { throw .invalid("there is no such session") }
        if let end = user.expiresAt, end <= self.now() { throw .invalid("the session has ended") }
        return user
    }
}

extension TokenRefusal {
    fileprivate static func unavailable(afterMilliseconds milliseconds: Int64) -> Self {
        .unavailable(retryAfterSeconds: max(1, (milliseconds + 999) / 1000))
    }
}
