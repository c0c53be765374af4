extension TicketRuntime {
    /// Whether a credential for `pathway` is looked at: someone may be let in by it, and there is what it needs.
    func looksAt(_ pathway: Pathway) -> Bool {
        let needs = self.configuration.pathways
        let isReady =
            switch pathway {
            case .ticket: true
            case .authorizationHeader, .subprotocol, .queryParameter, .cookie: needs.verifier != nil
            case .session: self.sessions != nil
            case .e2eBypass: needs.bypass?.isOpen == true
            }
        return isReady && (pathway == .ticket || self.policy.mayOpen(pathway))
    }

    /// The user whom a credential for a pathway other than that of tickets proves.
    ///
    /// - Parameters:
    ///   - credential: What was presented, whatever it is.
    ///   - pathway: The pathway.
    ///   - userID: The user whom an end-to-end test plays.
    /// - Throws: ``TicketRefusal/credentialInvalid(_:)``, ``TicketRefusal/verificationUnavailable(retryAfterSeconds:)``.
    func user(
        provenBy credential: String, for pathway: Pathway, as userID: String?
    ) async throws(TicketRefusal) -> ProvenUser {
        do throws(TokenRefusal) {
            switch pathway {
            case .authorizationHeader, .subprotocol, .queryParameter, .cookie:
                if let user = try await self.configuration.pathways.verifier?.user(ofToken: credential) { return user }
            case .session:
                if let user = try await self.sessions?.user(ofSession: credential) { return user }
            case .e2eBypass:
                guard self.configuration.pathways.bypass?.secret.matches(credential) == true, let userID else { break }
                return try ProvenUser(id: userID)
            case .ticket: break
            }
            throw .invalid("it is not one of this pathway")
        } catch {
            switch error {
            case .invalid(let why): throw .credentialInvalid(why)
            case .unavailable(let seconds): throw .verificationUnavailable(retryAfterSeconds: seconds)
            }
        }
    }
}
