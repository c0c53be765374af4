import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Every refusal says what happened, where, and what to do next")
struct FailureTests {
    @Test("An unknown flag suggests the nearest name")
    func unknownFlag() async {
        let server = StubServer([
            "GET /v1/environments/development/flags/ENABLE_TICKETS": .problem(
                "unknown-flag", 404, "there is no flag ENABLE_TICKETS in development"
            ) { $0.suggestion = "ENABLE_WEBSOCKET_TICKETS" }
        ])
        let run = await Run("get", "development", "ENABLE_TICKETS", server: server)
        #expect(run.status == .error)
        #expect(
            run.errors == """
                error: there is no flag ENABLE_TICKETS in development
                hint: did you mean ENABLE_WEBSOCKET_TICKETS?

                """)
        #expect(run.output.isEmpty)
    }

    @Test("Without a near name it says how to see the names")
    func unknownEnvironment() async {
        let server = StubServer([
            "GET /v1/environments/mars/flags": .problem("unknown-environment", 404, "there is no environment mars")
        ])
        let run = await Run("list", "mars", server: server)
        #expect(run.errors.contains("hint: flagctl env list shows the environments"))
    }

    @Test("A hint names the environment that the request was about")
    func hintWithEnvironment() async {
        let server = StubServer([
            "POST /v1/environments/staging/rollback": .problem("nothing-to-roll-back-to", 409, "nothing before it") {
                $0.instance = "/v1/environments/staging/rollback"
            }
        ])
        let run = await Run("rollback", "staging", "--reason", "r", server: server)
        #expect(run.status == .error)
        #expect(run.errors.hasSuffix("hint: flagctl history staging shows the revisions\n"))
    }

    @Test("A server that cannot be reached is named, with where its URL came from")
    func unreachable() async {
        let run = await Run("list", "development", environment: ["FLAGCTL_SERVER": "http://far:9"])
        #expect(run.status == .error)
        #expect(run.errors.hasPrefix("error: cannot reach http://far:9 (FLAGCTL_SERVER): "))
        #expect(run.errors.contains("hint: is FlagServer running there?"))
    }

    @Test("A refused token is named by its source, never by its value")
    func unauthorized() async {
        let server = StubServer([
            "GET /v1/environments": .problem("token-invalid", 401, "the access token is not known")
        ])
        let run = await Run("env", "list", server: server, environment: ["FLAGCTL_TOKEN": "very-secret-token"])
        #expect(run.requests.first?.authorization == "Bearer very-secret-token")
        #expect(run.errors.contains("the token came from FLAGCTL_TOKEN"))
        #expect(!run.errors.contains("very-secret-token"))
    }

    @Test("Without a token it says how to give one")
    func noToken() async {
        let server = StubServer([
            "GET /v1/environments": .problem("token-invalid", 401, "an access token is needed")
        ])
        let run = await Run("env", "list", server: server, environment: ["FLAGCTL_TOKEN": ""])
        #expect(run.requests.first?.authorization == nil)
        #expect(run.errors.contains("hint: no token was sent"))
        #expect(run.errors.contains("FLAGCTL_TOKEN"))
    }

    @Test("With -o json a failure is the problem, alone on standard error")
    func json() async throws {
        let server = StubServer([
            "GET /v1/environments": .problem("role-forbidden", 403, "the role reader may not") {
                $0.instance = "/v1/environments"
            }
        ])
        let run = await Run("env", "list", "-o", "json", server: server)
        let problem = try WireDecoder(unknownMembers: .refuse).decode(Problem.self, from: Array(run.errors.utf8))
        #expect(problem.type == "role-forbidden")
        #expect(problem.instance == "/v1/environments")
        #expect(run.output.isEmpty)
    }

    @Test("With -o json failures of flagctl's own have the same form")
    func ownJSON() async throws {
        let run = await Run("set", "development", "X", "on", "-o", "json")
        let problem = try WireDecoder(unknownMembers: .refuse).decode(Problem.self, from: Array(run.errors.utf8))
        #expect(problem.type == "reason-missing")
        #expect(run.status == .usage)
    }

    @Test("An answer that is no problem document is not taken for one")
    func proxy() async {
        let server = StubServer(["GET /v1/environments": .init(text: "<html>Bad Gateway", status: 502)])
        let run = await Run("env", "list", server: server)
        #expect(run.errors.hasPrefix("error: http://127.0.0.1:8080 answered with HTTP 502 and no explanation\n"))
    }

    @Test("An answer of another shape says which member, and to compare versions")
    func otherShape() async {
        let server = StubServer(["GET /v1/environments": .init(["environments": "many"] as JSONValue)])
        let run = await Run("env", "list", server: server)
        #expect(run.status == .error)
        #expect(run.errors.contains("environments: expected an array, found a string"))
        #expect(run.errors.contains("flagctl version --server"))
    }

    @Test("Members that a newer server adds are passed over")
    func newerServer() async {
        let server = StubServer(["GET /v1/environments": .init(["environments": [], "more": 1] as JSONValue)])
        #expect(await Run("env", "list", server: server).status == .success)
    }

    @Test("Issues, broken invariants, pathways and waiting times are all told")
    func everything() async {
        let server = StubServer([
            "POST /v1/environments/development/flags/X/kill": .problem(
                "invariant-violated", 422, "the change breaks an invariant"
            ) {
                $0.issues = [Issue(path: "flags.X.type", message: "expected a string")]
                $0.violations = [
                    InvariantViolation(invariant: "reachable", message: "Keep one open.", flags: ["A", "B"])
                ]
                $0.pathway = "subprotocol"
                $0.retryAfter = 3
            }
        ])
        let run = await Run("kill", "development", "X", "--reason", "r", server: server)
        #expect(run.status == .invalid)
        #expect(
            run.errors == """
                error: the change breaks an invariant
                  flags.X.type: expected a string
                  reachable: Keep one open.
                    it reads A, B
                hint: until then users connect by the pathway subprotocol
                hint: try again in 3 s

                """)
    }

    @Test("Only of a request that changes something is it said that the change may have been made")
    func timeOut() async {
        let token = ["FLAGCTL_TOKEN": "t"]
        for (arguments, mayChange) in [
            (["list", "development"], false), (["kill", "development", "X", "--reason", "r"], true),
            (["kill", "development", "X", "--reason", "r", "--dry-run"], false),
        ] {
            let run = await Run(arguments, server: StubServer(failing: .timedOut), environment: token)
            #expect(run.status == .timedOut)
            #expect(run.errors.contains("a change may have been made") == mayChange)
            #expect(run.errors.contains("--timeout waits longer"))
        }
    }

    @Test("A route that does not exist, under a URL with a path, puts the URL in question")
    func path() async {
        let server = StubServer(["GET /v2/v1/environments": .problem("route-not-found", 404, "there is no such route")])
        let run = await Run("env", "list", server: server, environment: ["FLAGCTL_SERVER": "http://x/v2"])
        #expect(run.errors.contains("hint: is the server's URL right? http://x/v2 (FLAGCTL_SERVER) has a path\n"))
    }

    @Test("A token or JWT with impossible characters is called that")
    func impossibleToken() async {
        let token = await Run("env", "list", environment: ["FLAGCTL_TOKEN": "tökən"])
        #expect(token.status == .usage)
        #expect(token.errors.contains("FLAGCTL_TOKEN is not a token: it has characters that a token cannot have\n"))
        let jwt = await Run("ticket", "issue", environment: ["FLAGCTL_JWT": "ä"])
        #expect(jwt.errors.contains("FLAGCTL_JWT is not a JWT: it has characters that a token cannot have\n"))
    }

    @Test("What a server says cannot steer the terminal")
    func controlCharacters() async {
        let server = StubServer(["GET /v1/environments": .problem("internal", 500, "\u{1B}]0;x\u{7}")])
        #expect(await !Run("env", "list", server: server).errors.contains("\u{1B}"))
    }
}
