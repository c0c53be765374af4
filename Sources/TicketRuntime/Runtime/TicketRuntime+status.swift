extension TicketRuntime {
    /// Whether tickets can be had. Asks the store, also while the circuit breaker is open: whoever looks at a status page
    /// wants to know how it is now. An answer closes the breaker.
    public func status() async -> TicketStatus {
        let policy = self.policy
        let isAvailable: Bool
        let text: String
        do throws(TicketStoreError) {
            text = try await self.store.probe()
            isAvailable = true
            self.supervisor.succeeded()
        } catch {
            text = error.description
            isAvailable = false
        }
        return TicketStatus(
            isEnabledForAnyone: policy.isEnabledForAnyone, isStoreAvailable: isAvailable, storeStatus: text,
            defaultTTLSeconds: policy.defaultTTL.seconds, maximumTTLSeconds: TicketTTL.bounds.upperBound,
            keyPrefix: self.store.keyPrefix, revision: policy.revision, problems: policy.problems)
    }
}
