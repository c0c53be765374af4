extension TicketRuntime {
    /// Whether the store is not asked for the time being, as it has failed again and again.
    public var isStoreLeftAlone: Bool { self.supervisor.isOpen }

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
            problems: policy.problems + self.lockOuts(under: policy))
    }

    /// The pathways that are open to everyone by their flags and cannot be used here, when no other lets everyone in: an
    /// invariant that goes by the flags is kept, and users are locked out all the same.
    private func lockOuts(under policy: TicketPolicy) -> [TicketPolicyProblem] {
        let open = Pathway.fallbackOrder.filter {
            $0 != .authorizationHeader && policy.isEnabledForEveryone($0) == true
        }
        guard policy.isEnabledForEveryone(.ticket) != true, !open.contains(where: self.looksAt),
            !(policy.fallback.constant == true && self.looksAt(.subprotocol))
        else { return [] }
        return open.map { pathway in
            TicketPolicyProblem(
                flag: TicketFlags.toggle(of: pathway),
                message:
                    "is on, but the pathway \(pathway.rawValue) is not configured here, and no other is open to everyone"
            )
        }
    }
}
