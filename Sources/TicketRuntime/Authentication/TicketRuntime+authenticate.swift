import Logging

extension TicketRuntime {
    /// Finds out who opens a WebSocket: tries the pathways that the handshake presents a credential for, each under its
    /// flag for the user whom the credential proves.
    ///
    /// The order is that of ``Pathway``. A ticket comes first and is final: whoever presents one is let in by it or not at
    /// all, unless its store is away and ``TicketFlags/fallback`` opens the subprotocol. After it, a credential that is not
    /// good ends the attempt if the client chose to send it, and is passed over if the browser sends it by itself
    /// (``Pathway/isAmbient``). A good one whose pathway is off for its user is passed over too, and what follows has to
    /// prove the same user. A pathway that is off for everyone is not looked at. docs/pathways.md has the whole of it.
    ///
    /// - Throws: ``TicketRefusal``. The client is told no more of it than ``TicketRefusal/closeCode``.
    public func authenticate(_ handshake: WebSocketHandshake) async throws(TicketRefusal) -> HandshakeIdentity {
        var chain = PathwayChain(self, handshake)
        return try await chain.run()
    }

    /// Whether the ticket store is away: by what became of the last question to it, and else by asking.
    ///
    /// Somewhere else a user may have been told to use another pathway for that reason, so what this process last saw is
    /// not enough to say no.
    func isStoreAway() async -> Bool {
        guard !self.supervisor.isStoreInDoubt else { return true }
        do throws(TicketStoreError) {
            _ = try await self.store.probe()
            return false
        } catch {
            _ = self.supervisor.failed(error, admission: .admitted, ticket: nil)
            return true
        }
    }
}
