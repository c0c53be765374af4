import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("Every route admits exactly whom it should")
struct RouteAccessTests {
    /// Who may, as documented, independent of the table that the server uses.
    enum Admits: Sendable {
        case anyone
        case roles([Role], EnvironmentMatters)
        case users
        case usersAnd([Role])
    }

    /// Which tokens with the right role are refused for their environments.
    enum EnvironmentMatters: Sendable {
        /// None.
        case no
        /// Those that are not good for `development`, which the path or the runtime's tickets belong to.
        case development
        /// Those that are not good for all.
        case all
    }

    static let readers: [Role] = Role.allCases
    static let viewers: [Role] = [.viewer, .operator, .releaseManager, .approver, .admin]
    static let operators: [Role] = [.operator, .releaseManager, .admin]
    static let releaseManagers: [Role] = [.releaseManager, .admin]
    static let development = "/v1/environments/{environment}"

    static let expectations: [String: Admits] = [
        "GET /healthz": .anyone,
        "GET /readyz": .anyone,
        "GET /openapi.yaml": .anyone,
        "GET /metrics": .roles(Self.readers, .no),
        "GET /v1/whoami": .roles(Role.allCases, .no),
        "GET /v1/status": .roles(Self.viewers, .no),
        "GET /v1/environments": .roles(Self.readers, .no),
        "GET \(Self.development)": .roles(Self.viewers, .development),
        "GET \(Self.development)/document": .roles(Self.viewers, .development),
        "GET \(Self.development)/snapshot": .roles(Self.readers, .development),
        "GET \(Self.development)/flags": .roles(Self.viewers, .development),
        "GET \(Self.development)/flags/{flag}": .roles(Self.viewers, .development),
        "GET /flagd/v1/environments/{environment}/flags.json": .roles(Self.readers, .development),
        "GET \(Self.development)/segments": .roles(Self.viewers, .development),
        "GET \(Self.development)/segments/{segment}": .roles(Self.viewers, .development),
        "POST \(Self.development)/flags/{flag}/evaluate": .roles(Self.readers, .development),
        "GET \(Self.development)/stream": .roles(Self.readers, .development),
        "GET /ofrep/v1/environments/{environment}/events": .roles(Self.readers, .development),
        "GET \(Self.development)/instances": .roles(Self.viewers, .development),
        "GET \(Self.development)/instances/{instance}": .roles(Self.viewers, .development),
        "PUT \(Self.development)/instances/{instance}": .roles(Self.readers, .development),
        "GET \(Self.development)/pathways": .roles(Self.viewers, .development),
        "GET \(Self.development)/convergence": .roles(Self.viewers, .development),
        "POST \(Self.development)/flags/{flag}/kill": .roles(Self.operators, .development),
        "POST \(Self.development)/changesets": .roles(Self.releaseManagers, .development),
        "POST \(Self.development)/apply": .roles(Self.releaseManagers, .development),
        "POST \(Self.development)/rollback": .roles(Self.operators, .development),
        "GET \(Self.development)/rollouts": .roles(Self.viewers, .development),
        "POST \(Self.development)/rollouts": .roles(Self.releaseManagers, .development),
        "GET \(Self.development)/rollouts/{rollout}": .roles(Self.viewers, .development),
        "GET \(Self.development)/rollouts/{rollout}/history": .roles(Self.viewers, .development),
        "POST \(Self.development)/rollouts/{rollout}/pause": .roles(Self.operators, .development),
        "POST \(Self.development)/rollouts/{rollout}/resume": .roles(Self.releaseManagers, .development),
        "POST \(Self.development)/rollouts/{rollout}/promote": .roles(Self.releaseManagers, .development),
        "POST \(Self.development)/rollouts/{rollout}/approve": .roles([.approver, .admin], .development),
        "POST \(Self.development)/rollouts/{rollout}/abort": .roles(Self.operators, .development),
        "POST \(Self.development)/rollouts/{rollout}/undo": .roles(Self.operators, .development),
        "GET \(Self.development)/schedules": .roles(Self.viewers, .development),
        "GET \(Self.development)/schedules/{schedule}": .roles(Self.viewers, .development),
        "POST \(Self.development)/schedules/{schedule}/cancel": .roles(Self.releaseManagers, .development),
        "GET \(Self.development)/reviews": .roles(Self.viewers, .development),
        "GET \(Self.development)/reviews/{review}": .roles(Self.viewers, .development),
        "POST \(Self.development)/reviews/{review}/close": .roles(Self.operators, .development),
        "GET \(Self.development)/revisions": .roles(Self.viewers, .development),
        "GET \(Self.development)/revisions/{revision}": .roles(Self.viewers, .development),
        "GET \(Self.development)/diff": .roles(Self.viewers, .development),
        "GET /v1/audit": .roles(Self.viewers, .all),
        "GET /v1/tokens": .roles([.admin], .all),
        "POST /v1/tokens": .roles([.admin], .all),
        "DELETE /v1/tokens/{name}": .roles([.admin], .all),
        "GET /v1/webhooks": .roles([.admin], .all),
        "POST /v1/webhooks": .roles([.admin], .all),
        "DELETE /v1/webhooks/{name}": .roles([.admin], .all),
        "POST /v1/webhooks/{name}/test": .roles([.admin], .all),
        "GET /v1/webhooks/{name}/deliveries": .roles([.admin], .all),
        "POST /ofrep/v1/evaluate/flags/{flag}": .roles(Self.readers, .no),
        "POST /ofrep/v1/evaluate/flags": .roles(Self.readers, .no),
        "POST /environments/{environment}/ofrep/v1/evaluate/flags/{flag}": .roles(Self.readers, .development),
        "POST /environments/{environment}/ofrep/v1/evaluate/flags": .roles(Self.readers, .development),
        "POST /websocket/ticket": .users,
        "POST /auth/ticket": .users,
        "POST /auth/generate-ticket": .users,
        "POST /api/websocket/ticket": .users,
        "POST /api/auth/ticket": .users,
        "POST /api/auth/generate-ticket": .users,
        "POST /api/v1/auth/generate-ticket": .users,
        "GET /websocket/ticket/{ticket}/validate": .usersAnd([.backend, .admin]),
        "GET /api/websocket/ticket/{ticket}/validate": .usersAnd([.backend, .admin]),
        "DELETE /websocket/ticket/{ticket}": .users,
        "DELETE /api/websocket/ticket/{ticket}": .users,
        "GET /websocket/tickets/status": .anyone,
        "GET /api/websocket/tickets/status": .anyone,
        "POST /websocket/authenticate": .roles([.backend, .admin], .development),
        "POST /websocket/ticket/consume": .roles([.backend, .admin], .development),
        "POST /api/websocket/ticket/consume": .roles([.backend, .admin], .development),
    ]

    /// Whether the answer refuses for one of the reasons, or without saying why where OFREP is spoken.
    static func refuses(_ answer: Answer, _ declaration: RouteDeclaration, for types: String...) -> Bool {
        guard !declaration.path.contains("/ofrep/v1/evaluate/") else { return answer.text.isEmpty }
        return answer.problem.map { types.contains($0.type) } ?? false
    }

    /// Routes whose answers do not end: whether they admit is asked without the body.
    static let streams: Set<String> = ["\(Self.development)/stream", "/ofrep/v1/environments/{environment}/events"]

    /// A path that the route answers to; requests to it have no body, so that none changes anything.
    static func path(_ declaration: RouteDeclaration) -> String {
        var path = declaration.path
        for (name, value) in [
            ("environment", "development"), ("flag", "WEBSOCKET_TICKET_TTL"), ("revision", "1"), ("name", "nobody"),
            ("instance", "nobody"), ("rollout", "1"), ("review", "1"), ("schedule", "1"),
            ("ticket", String(repeating: "A", count: 43)),
        ] {
            path = path.replacing("{\(name)}", with: value)
        }
        return path
    }

    @Test("The routes that there are are the routes that are documented here")
    func isComplete() async throws {
        try await TestAPI.with { api in
            let routes = api.server.declarations.map { "\($0.method.rawValue) \($0.path)" }
            #expect(routes.sorted() == Self.expectations.keys.sorted())
        }
    }

    @Test("No credential, and one that nobody knows, is answered with 401 wherever one is needed")
    func refusesStrangers() async throws {
        try await TestAPI.with { api in
            for declaration in api.server.declarations {
                guard let expected = Self.expectations["\(declaration.method.rawValue) \(declaration.path)"] else {
                    continue
                }
                for token in [nil, "signalbox_nobody", "a.b.c"] {
                    let answer = try await api.send(declaration.method, Self.path(declaration), token: token)
                    let place = "\(declaration.method) \(declaration.path) with \(token ?? "nothing")"
                    if case .anyone = expected {
                        #expect(answer.status == 200, "\(place)")
                    } else {
                        #expect(answer.status == 401, "\(place)")
                        #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true, "\(place)")
                        #expect(
                            Self.refuses(answer, declaration, for: "token-invalid", "jwt-invalid"), "\(place)")
                    }
                }
            }
        }
    }

    @Test("Each role is admitted where it may, with the right environment only", arguments: Role.allCases)
    func walksRoutes(role: Role) async throws {
        try await TestAPI.with { api in
            let everywhere = try await api.token(role.rawValue)
            let here = try await api.token(role.rawValue, environments: ["development"])
            let elsewhere = try await api.token(role.rawValue, environments: ["staging"])
            for declaration in api.server.declarations {
                guard let expected = Self.expectations["\(declaration.method.rawValue) \(declaration.path)"] else {
                    continue
                }
                for token in [everywhere, here, elsewhere] {
                    let isStream = Self.streams.contains(declaration.path) && token != elsewhere
                    let answer = try await api.send(
                        isStream ? .head : declaration.method, Self.path(declaration), token: token)
                    let scope = token == everywhere ? "everywhere" : token == here ? "development" : "staging"
                    let place = "\(declaration.method) \(declaration.path) as \(role.rawValue) for \(scope)"
                    switch expected {
                    case .anyone:
                        #expect(answer.status == 200, "\(place)")
                    case .users:
                        #expect(answer.status == 401 && answer.problem?.type == "jwt-invalid", "\(place)")
                    case .roles(let roles, _) where !roles.contains(role):
                        #expect(answer.status == 403 && answer.problem?.type == "role-forbidden", "\(place)")
                    case .usersAnd(let roles) where !roles.contains(role):
                        #expect(answer.status == 403 && answer.problem?.type == "role-forbidden", "\(place)")
                    case .roles(_, .all) where token != everywhere,
                        .roles(_, .development) where token == elsewhere,
                        .usersAnd where token == elsewhere:
                        #expect(answer.status == 403, "\(place)")
                        #expect(Self.refuses(answer, declaration, for: "environment-forbidden"), "\(place)")
                    case .roles, .usersAnd:
                        #expect(![401, 403, 500].contains(answer.status), "\(place): \(answer.text)")
                    }
                }
            }
        }
    }

    @Test("A user's JWT opens the users' routes and no others")
    func admitsUsers() async throws {
        try await TestAPI.with { api in
            for declaration in api.server.declarations {
                guard let expected = Self.expectations["\(declaration.method.rawValue) \(declaration.path)"] else {
                    continue
                }
                let answer = try await api.send(declaration.method, Self.path(declaration), token: api.jwt())
                let place = "\(declaration.method) \(declaration.path): \(answer.text)"
                switch expected {
                case .anyone: #expect(answer.status == 200, "\(place)")
                case .users, .usersAnd: #expect(answer.status != 401, "\(place)")
                case .roles:
                    #expect(answer.status == 401, "\(place)")
                    #expect(Self.refuses(answer, declaration, for: "token-invalid"), "\(place)")
                }
            }
        }
    }

    @Test("A token for some environments does not learn which others there are")
    func hidesEnvironments() async throws {
        try await TestAPI.with { api in
            let token = try await api.token("viewer", environments: ["staging"])
            for name in ["production", "nowhere", "N0T-A-NAME"] {
                let answer = try await api.send(.get, "/v1/environments/\(name)", token: token)
                #expect(answer.problem?.type == "environment-forbidden")
            }
            let list = try await api.send(.get, "/v1/environments", token: token)
            #expect(list.body["environments"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["staging"])
        }
    }

    @Test("A revoked token is refused from then on, an expired one from its end on")
    func endsTokens() async throws {
        try await TestAPI.with { api in
            let made = try await api.send(
                .post, "/v1/tokens", json: ["name": "short", "role": "viewer", "expiresInSeconds": 60])
            #expect(made.status == 201)
            let short = try #require(made.body["token"]?.stringValue)
            #expect(try await api.send(.get, "/v1/whoami", token: short).status == 200)
            api.clock.advance(seconds: 61)
            #expect(try await api.send(.get, "/v1/whoami", token: short).status == 401)

            let long = try await api.token("viewer")
            let name = try #require(try await api.send(.get, "/v1/whoami", token: long).body["name"]?.stringValue)
            #expect(try await api.send(.delete, "/v1/tokens/\(name)").status == 200)
            #expect(try await api.send(.get, "/v1/whoami", token: long).status == 401)
        }
    }

    @Test("Creating an environment and changing an environment's settings need an admin")
    func guardsSettings() async throws {
        try await TestAPI.with { api in
            let manager = try await api.token("release-manager")
            let answer = try await api.send(
                .post, "/v1/environments/sandbox/apply", token: manager,
                json: ["reason": "mine", "document": ["environment": "sandbox", "flags": [:]]])
            #expect(answer.status == 403)
            #expect(answer.problem?.type == "role-forbidden")
            #expect(try await api.send(.get, "/v1/environments/sandbox").status == 404)
        }
    }
}
