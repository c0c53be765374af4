internal import FlagModel

/// Creates, replaces and revokes access tokens.
struct TokenDecision {
    /// What is asked for.
    enum Action {
        /// A new token.
        case create(TokenGrant, TokenHash)
        /// A token of that name with that secret and nothing else of that name, whatever there was.
        case ensure(TokenGrant, TokenHash)
        /// The end of a token.
        case revoke(name: String)
    }

    /// What was done.
    struct Outcome: Sendable {
        /// The token asked for.
        var asked: TokenRecord
        /// Those that had to go for it.
        var replaced: [TokenRecord] = []
    }

    var action: Action
    var author: Author
    var at: Timestamp

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<Outcome> {
        let tokens = try state.tokens()
        switch self.action {
        case .create(let grant, let hash):
            try self.validate(grant, on: state)
            guard !tokens.contains(where: { $0.name == grant.name && $0.isLive(at: self.at) }) else {
                throw .tokenNameTaken(grant.name)
            }
            return try self.create(grant, hash, replacingOthersAmong: tokens)
        case .ensure(let grant, let hash):
            if let token = tokens.first(where: { $0.hash == hash && $0.grant == grant && $0.isLive(at: self.at) }) {
                return Decision(Outcome(asked: token))
            }
            try self.validate(grant, on: state)
            return try self.create(grant, hash, replacingOthersAmong: tokens)
        case .revoke(let name):
            guard let token = tokens.first(where: { $0.name == name && $0.revokedAt == nil }) else {
                let names = tokens.filter { $0.revokedAt == nil }.map(\.name)
                throw .unknownToken(name, suggestion: NearestName.suggestion(for: name, among: names))
            }
            return Decision(Outcome(asked: self.revoked(token)), writes: self.writes(revoking: token))
        }
    }

    private func create(
        _ grant: TokenGrant, _ hash: TokenHash, replacingOthersAmong tokens: [TokenRecord]
    ) throws(ControlPlaneError) -> Decision<Outcome> {
        guard !tokens.contains(where: { $0.hash == hash }) else { throw .tokenSecretUsed }
        // An expired token still has its name until someone needs it.
        let replaced = tokens.filter { $0.name == grant.name && $0.revokedAt == nil }
        let record = TokenRecord(
            id: (tokens.map(\.id).max() ?? 0) + 1, grant: grant, hash: hash, createdAt: self.at,
            createdBy: self.author.name)
        let detail: JSONValue = [
            "name": .string(grant.name),
            "role": .string(grant.role.rawValue),
            "environments": grant.environments.map { .array($0.map { .string($0.text) }) } ?? .null,
            "expiresAt": grant.expiresAt.map { .string($0.description) } ?? .null,
        ]
        return Decision(
            Outcome(asked: record, replaced: replaced.map(self.revoked)),
            writes: replaced.flatMap(self.writes(revoking:)) + [
                .createToken(record), .audit(self.audit("tokens.create", detail)),
            ])
    }

    private func validate(_ grant: TokenGrant, on state: any StoredState) throws(ControlPlaneError) {
        var issues: [Issue] = []
        if !FlagKey.isValid(grant.name) {
            issues.append(Issue(path: "name", message: "a token's name has \(FlagKey.pattern)"))
        } else if Author.reservedNames.contains(grant.name) {
            issues.append(
                Issue(path: "name", message: "\"\(grant.name)\" is a name that the server itself uses; choose another"))
        }
        if grant.environments?.isEmpty == true {
            issues.append(Issue(path: "environments", message: "name at least one, or leave it out for all"))
        }
        if let expiry = grant.expiresAt, expiry <= self.at {
            issues.append(Issue(path: "expiresAt", message: "\(expiry) is not in the future"))
        }
        guard issues.isEmpty else { throw .invalidToken(issues) }
        for environment in grant.environments ?? [] { _ = try state.existingHead(of: environment) }
    }

    private func revoked(_ token: TokenRecord) -> TokenRecord {
        var token = token
        token.revokedAt = self.at
        return token
    }

    private func writes(revoking token: TokenRecord) -> [StorageWrite] {
        [
            .revokeToken(id: token.id, at: self.at),
            .audit(self.audit("tokens.revoke", ["name": .string(token.name)])),
        ]
    }

    private func audit(_ action: String, _ detail: JSONValue) -> AuditDraft {
        AuditDraft(
            at: self.at, actor: self.author.name, action: action, environment: nil, revision: nil, reason: "",
            detail: detail)
    }
}
