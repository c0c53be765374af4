extension ControlPlane {
    /// The token whose secret has that hash, if it is neither revoked nor expired. From memory.
    public func authenticate(_ hash: TokenHash) -> TokenRecord? {
        self.tokenIndex.live(hash, at: self.now())
    }

    /// Every access token there was, by name. From memory.
    public var tokens: [TokenRecord] { self.tokenIndex.all }

    /// Makes an access token. Its secret is the caller's to draw, show once and forget.
    ///
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/tokenNameTaken(_:)``.
    public func createToken(
        _ grant: TokenGrant, hash: TokenHash, by author: Author
    ) async throws(ControlPlaneError) -> TokenRecord {
        try await self.changeTokens(.create(grant, hash), by: author)
    }

    /// Makes sure that a token exists as configured: nothing happens if it does; a token of that name with another
    /// secret, role or scope is revoked and replaced.
    ///
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/tokenSecretUsed`` when the secret once was
    ///   another token's.
    public func ensureToken(
        _ grant: TokenGrant, hash: TokenHash, by author: Author
    ) async throws(ControlPlaneError) -> TokenRecord {
        try await self.changeTokens(.ensure(grant, hash), by: author)
    }

    /// Ends an access token; from the moment this returns it authenticates no one.
    ///
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/unknownToken(_:suggestion:)``.
    public func revokeToken(
        named name: String, by author: Author
    ) async throws(ControlPlaneError) -> TokenRecord {
        try await self.changeTokens(.revoke(name: name), by: author)
    }

    private func changeTokens(
        _ action: TokenDecision.Action, by author: Author
    ) async throws(ControlPlaneError) -> TokenRecord {
        let now = self.now
        let outcome = try await self.storage.transact(urgency: .normal) { state throws(ControlPlaneError) in
            try TokenDecision(action: action, author: author, at: now()).decide(on: state)
        }
        self.tokenIndex.merge(outcome.replaced + [outcome.asked])
        return outcome.asked
    }
}
