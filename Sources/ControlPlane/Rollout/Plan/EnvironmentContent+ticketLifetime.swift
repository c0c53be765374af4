internal import FlagModel

extension EnvironmentContent {
    /// The flag that decides who gets tickets, and the one that says how long they live. TicketRuntime reads them under
    /// these keys.
    static let tickets: FlagKey = "ENABLE_WEBSOCKET_TICKETS"
    private static let ticketLifetime: FlagKey = "WEBSOCKET_TICKET_TTL"

    /// How long credentials live that were issued under an earlier value of `flag`, in seconds: the longest that anyone
    /// may get. 0 for a flag that issues none.
    func ticketLifetime(for flag: FlagKey) -> Int64 {
        guard flag == Self.tickets, let lifetime = self.flags[Self.ticketLifetime] else { return 0 }
        let longest = lifetime.variants.values.compactMap(\.integerValue).max() ?? 0
        // No step is held longer, so no number makes a rollout wait for ever.
        return min(max(0, longest), RolloutPlan.maximumHold)
    }
}
