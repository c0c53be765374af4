extension TicketRuntime {
    /// Whether tickets can be had. Asks the store, also while the circuit breaker is open: whoever looks at a status page
    /// wants to know how it is now. Whoever looks at it changes nothing: neither the breaker nor what is logged.
    public func status() async -> TicketStatus {
        let policy = self.policy
        let isAvailable: Bool
        let status: String
        let detail: String
        do throws(TicketStoreError) {
            detail = try await self.store.probe()
            status = "available"
            isAvailable = true
        } catch {
            detail = error.description
            status = error.status
            isAvailable = false
        }
        return TicketStatus(
            isEnabledForAnyone: policy.isEnabledForAnyone, isStoreAvailable: isAvailable, storeStatus: status,
            storeDetail: detail, defaultTTLSeconds: policy.defaultTTL.seconds,
            maximumTTLSeconds: TicketTTL.bounds.upperBound, keyPrefix: self.store.keyPrefix, revision: policy.revision,
            problems: policy.problems)
    }
}
