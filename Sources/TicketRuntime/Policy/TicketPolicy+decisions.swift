public import FlagModel

extension TicketPolicy {
    /// Whether there is anyone who may get a ticket.
    public var isEnabledForAnyone: Bool { self.tickets.mayServe(true) }

    /// How long tickets are good for when nothing is known of the user.
    public var defaultTTL: TicketTTL { self.ttl.value(for: EvaluationContext()) }

    /// What protects consumed tickets when the store fails over. Not per user: at a consumption, the user is not known.
    public var failover: TicketFailover { self.failoverSetting.value(for: EvaluationContext()) }

    /// Whether the user may authenticate by `pathway`.
    ///
    /// - Parameter moment: What rules that ask for the time are told; nil: nothing.
    public func isEnabled(
        _ pathway: Pathway, for context: EvaluationContext, at moment: Timestamp? = nil
    ) -> Bool {
        pathway == .ticket
            ? self.tickets.value(for: context, at: moment)
            : self.legacy[pathway]?.value(for: context, at: moment) ?? false
    }

    /// Whether the flag of `pathway` lets everyone in, or nobody; nil: it depends on the user.
    public func isEnabledForEveryone(_ pathway: Pathway) -> Bool? {
        guard let setting = pathway == .ticket ? self.tickets : self.legacy[pathway] else { return false }
        return setting.constant
    }

    /// Whether there may be anyone whom `pathway`, which is not that of tickets, lets in.
    func mayOpen(_ pathway: Pathway) -> Bool {
        self.legacy[pathway]?.mayServe(true) == true || pathway == .subprotocol && self.fallback.mayServe(true)
    }

    /// Whether the fallback opens the subprotocol to the user while tickets do not serve them.
    func hasFallback(for context: EvaluationContext, at moment: Timestamp? = nil) -> Bool {
        self.fallback.value(for: context, at: moment)
    }

    /// The side of the rollout of tickets that the user is on.
    func cohort(of context: EvaluationContext, at moment: Timestamp? = nil) -> TicketCohort {
        let (isEnabled, reason) = self.tickets.resolve(for: context, at: moment)
        return TicketCohort(isEnabled: isEnabled, reason: reason)
    }

    /// The pathway that a user without tickets is told to use: the first of ``Pathway/fallbackOrder`` that is on for the
    /// user; if none is, the subprotocol if the fallback is on; else nil.
    public func pathwayInsteadOfTickets(
        for context: EvaluationContext, at moment: Timestamp? = nil
    ) -> Pathway? {
        Pathway.fallbackOrder.first { self.isEnabled($0, for: context, at: moment) }
            ?? (self.fallback.value(for: context, at: moment) ? .subprotocol : nil)
    }

    /// The pathway that is named while the ticket store is away; nil unless the fallback is on for the user.
    public func pathwayWithoutStore(
        for context: EvaluationContext, at moment: Timestamp? = nil
    ) -> Pathway? {
        self.fallback.value(for: context, at: moment) ? self.pathwayInsteadOfTickets(for: context, at: moment) : nil
    }

    /// Whether the policy has revoked a ticket.
    ///
    /// By the revision and by the time: an instance with a clock that is ahead, or that has not heard of the revocation
    /// yet, issues tickets whose time alone would look good.
    func revokes(_ record: TicketRecord) -> Bool {
        record.revision < self.ticketsNotBeforeRevision
            || self.ticketsNotBefore.map { record.issuedAt < $0 } == true
    }

    /// What the user is granted, or nil when tickets are off for the user.
    func terms(for context: EvaluationContext, at moment: Timestamp? = nil) -> TicketTerms? {
        let (isEnabled, reason) = self.tickets.resolve(for: context, at: moment)
        guard isEnabled else { return nil }
        return TicketTerms(
            ttl: self.ttl.value(for: context, at: moment), binding: self.binding.value(for: context, at: moment),
            allowsMultiUse: self.multiUse.value(for: context, at: moment),
            cohort: TicketCohort(isEnabled: true, reason: reason))
    }

    /// Whether no decision depends on the user, so that nobody has to describe one.
    var isConstant: Bool {
        self.tickets.constant != nil && self.ttl.constant != nil && self.binding.constant != nil
            && self.multiUse.constant != nil
    }
}
