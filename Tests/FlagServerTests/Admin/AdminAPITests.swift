import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import Testing
import TicketRuntime

@testable import FlagServer

@Suite("The admin API changes flags, and shows what it did")
struct AdminAPITests {
    static let development = "/v1/environments/development"

    @Test("A fresh server has the environments that are declared")
    func hasDeclaredEnvironments() async throws {
        try await TestAPI.with { api in
            let list = try await api.send(.get, "/v1/environments").decode(EnvironmentList.self)
            #expect(list.environments.map(\.name.text) == ["development", "production", "staging"])
            #expect(list.environments.allSatisfy { $0.revision == 1 && $0.flagCount > 0 && $0.digest.count == 64 })
            let detail = try await api.send(.get, "/v1/environments/production").decode(EnvironmentDetail.self)
            #expect(detail.summary.protected)
            #expect(detail.invariants.count >= 3)
            let first = try await api.send(.get, Self.development + "/revisions/1").decode(RevisionSummary.self)
            #expect(first.author == "system")
            #expect(first.reason.hasPrefix("declared in ") && first.reason.hasSuffix("development.yaml"))
        }
    }

    @Test("A changeset makes one revision, and a rollback takes it back with the old digest")
    func commitsAndRollsBack() async throws {
        try await TestAPI.with { api in
            let before = try await api.send(.get, Self.development + "/flags").decode(FlagList.self)
            let commit = try await api.rollOut(25).decode(CommitResult.self)
            #expect(commit.changed && !commit.dryRun && commit.kind == .commit)
            #expect((commit.previousRevision, commit.revision) == (1, 2))
            #expect(commit.difference.entries.map(\.key) == ["ENABLE_WEBSOCKET_TICKETS"])

            let rollback = try await api.send(.post, Self.development + "/rollback", json: ["reason": "no good"])
                .decode(CommitResult.self)
            #expect(rollback.kind == .rollback && rollback.restoredRevision == 1 && rollback.revision == 3)
            #expect(rollback.digest == before.digest)

            let history = try await api.send(.get, Self.development + "/revisions").decode(RevisionList.self)
            #expect(history.revisions.map(\.revision) == [3, 2, 1])
            #expect(history.revisions[0].reason == "no good" && history.revisions[0].author == "configured-admin")
        }
    }

    @Test("A dry run says what would happen and writes nothing")
    func runsDry() async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(
                .post, Self.development + "/changesets",
                json: [
                    "baseRevision": 1, "reason": "try", "dryRun": true,
                    "changes": [["op": "rollout", "flag": "ENABLE_WEBSOCKET_TICKETS", "percentage": 5]],
                ]
            ).decode(CommitResult.self)
            #expect(answer.dryRun && answer.changed && answer.revision == 2)
            #expect(try api.server.plane.head(of: "development").revision == 1)
            #expect(api.server.runtime.policy.revision == 1)
        }
    }

    @Test("A changeset on an old revision is refused with what changed since")
    func refusesStaleBase() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(10)
            let answer = try await api.send(
                .post, Self.development + "/changesets",
                json: [
                    "baseRevision": 1, "reason": "late",
                    "changes": [["op": "rollout", "flag": "ENABLE_WEBSOCKET_TICKETS", "percentage": 50]],
                ])
            #expect(answer.status == 409)
            let problem = try #require(answer.problem)
            #expect(problem.type == "conflict" && problem.currentRevision == 2)
            #expect(problem.difference?.entries.map(\.key) == ["ENABLE_WEBSOCKET_TICKETS"])
        }
    }

    @Test("An evaluation tells rules the time")
    func evaluatesWithTime() async throws {
        try await TestAPI.with { api in
            let definition: JSONValue = [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                "targeting": ["if": [[">": [["var": "$flagd.timestamp"], 0]], "on", nil]],
            ]
            _ = try await api.commit([["op": "put", "flag": "TIMED", "definition": definition]])
            let answer = try await api.send(.post, Self.development + "/flags/TIMED/evaluate", json: [:])
            let result = try answer.decode(EvaluateResult.self)
            #expect(result.variant == "on" && result.reason == .targetingMatch)
        }
    }

    @Test("A change that breaks an invariant is refused, with the invariant and its flags")
    func keepsInvariants() async throws {
        try await TestAPI.with { api in
            let legacy = ["SUBPROTOCOL", "QUERY_PARAMETER", "COOKIE", "SESSION"].map { "ENABLE_WEBSOCKET_\($0)" }
            let answer = try await api.commit(
                (legacy + ["WEBSOCKET_TICKET_FALLBACK"]).map {
                    ["op": "serve", "flag": .string($0), "variant": "off"]
                })
            #expect(answer.status == 422)
            let problem = try #require(answer.problem)
            #expect(problem.type == "invariant-violated")
            #expect(problem.violations?.map(\.invariant) == ["authentication-pathway-reachable"])
            #expect(problem.violations?.first?.flags.contains("WEBSOCKET_TICKET_FALLBACK") == true)
            #expect(try api.server.plane.head(of: "development").revision == 1)
        }
    }

    @Test("Each fault of a changeset is a problem of its own kind that names the place, and nothing is written")
    func namesFaults() async throws {
        try await TestAPI.with { api in
            func fault(_ change: JSONValue) async throws -> Problem? { try await api.commit([change]).problem }

            let typo = try await fault(["op": "kill", "flag": "ENABLE_WEBSOCKET_TICKETZ"])
            #expect(typo?.type == "unknown-flag" && typo?.status == 404)
            #expect(typo?.detail.contains("did you mean ENABLE_WEBSOCKET_TICKETS?") == true)

            let bounds = try await fault(["op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": 4000])
            #expect(bounds?.type == "request-invalid" && bounds?.status == 422)
            #expect(bounds?.issues?.first?.path.hasPrefix("WEBSOCKET_TICKET_TTL") == true)
            #expect(bounds?.detail.contains("above the maximum of 3600") == true)

            let type = try await fault(["op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": "thirty"])
            #expect(type?.type == "request-invalid" && type?.issues?.isEmpty == false)

            let member = try await fault(["op": "rollout", "flag": "ENABLE_WEBSOCKET_TICKETS", "percentge": 5])
            #expect(member?.type == "request-invalid")
            #expect(member?.issues?.contains { $0.path == "changes[0].percentge" } == true)

            let op = try await fault(["op": "kil", "flag": "ENABLE_WEBSOCKET_TICKETS"])
            #expect(op?.issues?.first?.path == "changes[0].op")

            #expect(try api.server.plane.head(of: "development").revision == 1)
        }
    }

    @Test("A change without a reason is refused")
    func asksForReason() async throws {
        try await TestAPI.with { api in
            for path in ["/rollback", "/flags/ENABLE_WEBSOCKET_TICKETS/kill"] {
                let answer = try await api.send(.post, Self.development + path, json: ["reason": "  "])
                #expect(answer.status == 422 && answer.problem?.type == "reason-missing")
            }
            let long = String(repeating: "x", count: 501)
            let answer = try await api.send(
                .post, Self.development + "/flags/ENABLE_WEBSOCKET_TICKETS/kill", json: ["reason": .string(long)])
            #expect(answer.status == 422 && answer.problem?.issues?.first?.path == "reason")
        }
    }

    @Test("A kill serves the safe variant at once; a second one makes no revision")
    func kills() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let path = Self.development + "/flags/ENABLE_WEBSOCKET_TICKETS"
            let kill = try await api.send(.post, path + "/kill", json: ["reason": "errors"]).decode(CommitResult.self)
            #expect(kill.kind == .kill && kill.changed)
            let again = try await api.send(.post, path + "/kill", json: ["reason": "errors"]).decode(CommitResult.self)
            #expect(!again.changed && again.revision == kill.revision)
            let evaluation = try await api.send(
                .post, path + "/evaluate", json: ["context": ["targetingKey": "anyone"]]
            ).decode(EvaluateResult.self)
            #expect(evaluation.value == false && evaluation.reason == .static)
            #expect(evaluation.steps.last?.part == "kill")
        }
    }

    @Test("Applying an exported document changes nothing and makes no revision")
    func appliesTwice() async throws {
        try await TestAPI.with { api in
            let document = try await api.send(.get, Self.development + "/document").body
            let result = try await api.send(
                .post, Self.development + "/apply", json: ["reason": "same", "document": document]
            ).decode(CommitResult.self)
            #expect(!result.changed && !result.settingsChanged && result.revision == 1)
            let mismatch = try await api.send(
                .post, "/v1/environments/staging/apply", json: ["reason": "wrong", "document": document])
            #expect(mismatch.status == 422 && mismatch.problem?.issues?.first?.path == "document.environment")
        }
    }

    @Test("A flag is shown with its definition and who changed it last")
    func showsFlag() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(5)
            let flag = try await api.send(.get, Self.development + "/flags/ENABLE_WEBSOCKET_TICKETS")
                .decode(FlagDetail.self)
            #expect(flag.definition["rollout"]?["percentage"] == 5)
            #expect(flag.lastChange?.revision == 2)
            let typo = try await api.send(.get, Self.development + "/flags/ENABLE_WEBSOCKET_TICKET")
            #expect(typo.status == 404 && typo.problem?.suggestion == "ENABLE_WEBSOCKET_TICKETS")
            let environment = try await api.send(.get, "/v1/environments/developmnt")
            #expect(environment.status == 404 && environment.problem?.suggestion == "development")
        }
    }

    @Test("An evaluation says how it came to its answer, now or at an older revision")
    func evaluates() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(25)
            let path = Self.development + "/flags/ENABLE_WEBSOCKET_TICKETS/evaluate"
            let context: JSONValue = ["targetingKey": .string(DevelopmentSecret.subject)]
            let now = try await api.send(.post, path, json: ["context": context]).decode(EvaluateResult.self)
            #expect(now.value == true && now.reason == .split && (now.bucket ?? .max) < 25_000)
            let then = try await api.send(.post, path, json: ["context": context, "revision": 1])
                .decode(EvaluateResult.self)
            #expect(then.value == false && then.revision == 1)
            let wrong = try await api.send(.post, path, json: ["context": ["targetingKey": 5]])
            #expect(wrong.status == 422 && wrong.problem?.issues?.first?.path == "context.targetingKey")
            let future = try await api.send(.post, path, json: ["revision": 99])
            #expect(future.status == 404 && future.problem?.type == "unknown-revision")
        }
    }

    @Test("History comes in pages, and differences between any two revisions")
    func pagesHistory() async throws {
        try await TestAPI.with { api in
            for percentage in 1...4 { try await api.rollOut(Int64(percentage)) }
            let first = try await api.send(.get, Self.development + "/revisions?limit=2").decode(RevisionList.self)
            #expect(first.revisions.map(\.revision) == [5, 4])
            let before = try #require(first.nextBefore)
            let second = try await api.send(.get, Self.development + "/revisions?limit=9&before=\(before)")
                .decode(RevisionList.self)
            #expect(second.revisions.map(\.revision) == [3, 2, 1] && second.nextBefore == nil)

            let last = try await api.send(.get, Self.development + "/diff").decode(DifferenceResult.self)
            #expect((last.from, last.to) == (4, 5))
            let whole = try await api.send(.get, Self.development + "/diff?from=1&to=5").decode(DifferenceResult.self)
            #expect(whole.difference.entries.first?.members.first?.after == 4)

            for query in ["limit=0", "limit=1001", "limit=x", "before=0"] {
                let answer = try await api.send(.get, Self.development + "/revisions?\(query)")
                #expect(answer.status == 422, "\(query)")
            }
            for number in ["0", "6", "x", "-1"] {
                let answer = try await api.send(.get, Self.development + "/revisions/\(number)")
                #expect(answer.status == 404 && answer.problem?.type == "unknown-revision", "\(number)")
            }
        }
    }

    @Test("Nothing to roll back to is a conflict, and says the revision in force")
    func refusesRollbackAtOrigin() async throws {
        try await TestAPI.with { api in
            _ = try await api.send(
                .post, "/v1/environments/empty/apply",
                json: ["reason": "new", "document": ["environment": "empty", "flags": [:]]])
            let answer = try await api.send(.post, "/v1/environments/empty/rollback", json: ["reason": "back"])
            #expect(answer.status == 409 && answer.problem?.type == "nothing-to-roll-back-to")
        }
    }

    @Test("The audit is a chain that verifies, page by page, and names who did what")
    func verifiesAudit() async throws {
        try await TestAPI.with { api in
            let manager = try await api.token("release-manager")
            try await api.commit(
                [["op": "rollout", "flag": "ENABLE_WEBSOCKET_TICKETS", "percentage": 7]], token: manager)
            var verifier = AuditChainVerifier()
            var after: Int64? = 0
            var last: AuditPage?
            while let position = after {
                let page = try await api.send(.get, "/v1/audit?after=\(position)&limit=2").decode(AuditPage.self)
                for entry in page.entries { try verifier.check(entry) }
                after = page.nextAfter
                last = page
            }
            #expect(verifier.lastSequence == last?.lastSequence)
            #expect(verifier.lastDigest == last?.lastDigest)
            let newest = try #require(last?.entries.last)
            #expect(newest.action == "flags.commit" && newest.actor.hasPrefix("release-manager-"))
        }
    }

    @Test("A token's secret is shown once; its name can be used again only after it was revoked")
    func managesTokens() async throws {
        try await TestAPI.with { api in
            let request: JSONValue = ["name": "ci", "role": "release-manager", "environments": ["staging"]]
            let made = try await api.send(.post, "/v1/tokens", json: request)
            #expect(made.status == 201 && made.headers[.cacheControl] == "no-store")
            let result = try made.decode(TokenCreateResult.self)
            #expect(result.token.hasPrefix("signalbox_") && result.token.count == 53)

            let list = try await api.send(.get, "/v1/tokens")
            #expect(!list.text.contains(result.token))
            #expect(
                try list.decode(TokenList.self).tokens.contains {
                    $0.name == "ci" && $0.createdBy == "configured-admin"
                })

            let taken = try await api.send(.post, "/v1/tokens", json: request)
            #expect(taken.status == 409 && taken.problem?.type == "token-name-taken")
            let revoked = try await api.send(.delete, "/v1/tokens/ci").decode(TokenSummary.self)
            #expect(revoked.revokedAt != nil)
            #expect(try await api.send(.delete, "/v1/tokens/ci").problem?.type == "unknown-token")
            #expect(try await api.send(.post, "/v1/tokens", json: request).status == 201)

            let role = try await api.send(.post, "/v1/tokens", json: ["name": "x", "role": "viewr"])
            #expect(role.status == 422 && role.problem?.issues?.first?.message.contains("did you mean viewer?") == true)
            let life = try await api.send(
                .post, "/v1/tokens", json: ["name": "x", "role": "viewer", "expiresInSeconds": 0])
            #expect(life.status == 422 && life.problem?.issues?.first?.path == "expiresInSeconds")
        }
    }

    @Test("The status tells versions, the ticket store and what the ticket policy lacks")
    func tellsStatus() async throws {
        try await TestAPI.with { api in
            let status = try await api.send(.get, "/v1/status").decode(ServerStatus.self)
            #expect(status.version == Version.current && status.ticketStore == "memory")
            #expect(status.ticketStoreAvailable && status.ticketPolicyProblems.isEmpty)
            #expect(status.runtimeEnvironment == "development")
            let ready = try await api.send(.get, "/readyz", token: nil).decode(Readiness.self)
            #expect(ready == Readiness(status: "ready", revision: 1, tickets: "available"))
            #expect(try await api.send(.get, "/healthz", token: nil).body == ["status": "ok"])
        }
    }

    @Test("HEAD is answered like GET, without the body")
    func answersHead() async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.head, "/v1/environments")
            #expect(answer.status == 200 && answer.text.isEmpty)
            #expect(try await api.send(.head, "/v1/environments", token: nil).status == 401)
        }
    }
}
