internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import Hummingbird

/// Answers and changes who has access.
struct TokenController: Sendable {
    /// How long a token may be good for when it ends at all: ten years.
    static let longestLife: Int64 = 10 * 366 * 86_400

    let plane: ControlPlane
    let limits: RequestLimits
    let now: @Sendable () -> Timestamp

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.whoAmI, self.whoAmI)
        routes.on(Routes.tokens, self.list)
        routes.on(Routes.createToken, self.create)
        routes.on(Routes.revokeToken, self.revoke)
    }

    private func whoAmI(_ request: Request, _ context: AppRequestContext, _ grant: Grant) throws -> Response {
        try Response(json: WhoAmI(grant))
    }

    private func list(_ request: Request, _ context: AppRequestContext, _ grant: Grant) throws -> Response {
        try Response(json: TokenList(tokens: self.plane.tokens.map { TokenSummary($0) }))
    }

    private func create(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let body = try await request.decode(TokenCreateRequest.self, upTo: self.limits.adminBody)
        let secret = try AccessSecret()
        let record = try await self.plane.createToken(
            try self.grant(for: body), hash: secret.hash, by: grant.author)
        return try Response(
            secret: TokenCreateResult(token: secret.text, summary: TokenSummary(record)), status: .created)
    }

    private func revoke(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let name = context.parameters.get(RouteParameter.name) ?? ""
        return try Response(json: TokenSummary(try await self.plane.revokeToken(named: name, by: grant.author)))
    }

    private func grant(for body: TokenCreateRequest) throws(Refusal) -> TokenGrant {
        guard let role = Role(rawValue: body.role) else {
            let roles = Role.allCases.map(\.rawValue)
            let hint =
                NearestName.suggestion(for: body.role, among: roles).map { "did you mean \($0)?" }
                ?? "there are " + roles.joined(separator: ", ")
            throw Refusal(invalid: [Issue(path: "role", message: "there is no such role; \(hint)")])
        }
        if let seconds = body.expiresInSeconds, !(1...Self.longestLife).contains(seconds) {
            throw Refusal(invalid: [
                Issue(path: "expiresInSeconds", message: "expected 1 to \(Self.longestLife), or nothing for no end")
            ])
        }
        return TokenGrant(
            name: body.name, role: role, environments: body.environments,
            expiresAt: body.expiresInSeconds.map { self.now().advanced(byMilliseconds: $0 * 1000) })
    }
}
