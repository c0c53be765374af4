import FlagAPI
import FlagModel
import Testing

@Suite("Every wire type encodes and decodes to itself")
struct WireTypeRoundTripTests {
    private static let at = Timestamp(millisecondsSinceEpoch: 1_772_600_767_089)
    private static let digest = String(repeating: "ab", count: 32)
    private static let revision = RevisionSummary(
        revision: 7, at: at, author: "alice", reason: "because", kind: .rollback, restoredRevision: 5, digest: digest,
        flags: ["A", "B"])
    private static let difference = ContentDifference(
        from: EnvironmentContent(flags: ["A": toggle]),
        to: EnvironmentContent(flags: ["B": toggle], ticketsNotBefore: at))
    private static let toggle = FlagDefinition(
        type: .boolean, variants: ["on": true, "off": false], defaultVariant: "off",
        rollout: Rollout(variant: "on", percentage: .full, seed: "s"), targeting: ["var": "x"], metadata: ["n": 0.5])
    private static let token = TokenSummary(
        name: "ci", role: "backend", environments: ["production"], createdAt: at, createdBy: "alice", expiresAt: at,
        revokedAt: at)
    private static let summary = EnvironmentSummary(
        name: "production", description: "d", protected: true, revision: 7, digest: digest, flagCount: 2)
    private static let entry = AuditEntry(
        following: nil, at: at, actor: "alice", action: "flags.commit", environment: "production", revision: 7,
        reason: "r",
        detail: ["a": [1, nil, 0.5]])

    /// Encodes, decodes strictly (so that no member is unknown to its own type), and encodes again.
    private func reread<Value: Codable>(_ value: Value) throws -> Value {
        let bytes = try WireEncoder.encode(value)
        let read = try WireDecoder(unknownMembers: .refuse).decode(Value.self, from: bytes)
        #expect(try WireEncoder.encode(read) == bytes)
        return read
    }

    private func roundTrip<Value: Codable & Equatable>(_ value: Value) throws {
        #expect(try self.reread(value) == value)
    }

    /// For the types that hold a secret, which are not compared.
    private func roundTrip<Value: Codable>(secret value: Value) throws {
        _ = try self.reread(value)
    }

    @Test("Rollouts")
    func rollouts() throws {
        let cause = RolloutCause(kind: "guard-failed", detail: "d", evidence: ["lower": 0.5])
        let summary = RolloutSummary(
            id: 3, environment: "production", flag: "A", state: .rolledBack, cause: cause, step: 2, steps: 3,
            percentage: 0.5, startsAt: Self.at, author: "alice", reason: "r", createdAt: Self.at, updatedAt: Self.at)
        let step = RolloutStepDetail(
            number: 1, percentage: 25, holdSeconds: 600, approval: true, guards: ["g"], progress: .inForce)
        let detail = RolloutDetail(
            summary: summary, plan: ["flag": "A"], steps: [step],
            guards: [
                RolloutGuardDetail(name: "g", metric: "m", verdict: "no-data", reading: "r", evidence: ["lower": 0.5])
            ], waitingFor: ["hold: 1s of 2s"], baseRevision: 6, revision: 7, heldMilliseconds: 1000,
            holdMilliseconds: 2000)
        let impact = ImpactReport(synthetic: true, requested: 10, sample: 10, flags: [])
        try self.roundTrip(detail)
        try self.roundTrip(RolloutList(environment: "production", rollouts: [summary], nextBefore: 3))
        try self.roundTrip(RolloutResult(rollout: detail, revision: 8, previousRevision: 7))
        try self.roundTrip(
            RolloutHistory(
                rollout: 3,
                entries: [
                    .init(
                        at: Self.at, actor: "system", event: "step", step: 1, percentage: 25, revision: 7, cause: cause)
                ]))
        try self.roundTrip(
            RolloutPreviewResult(
                environment: "production", flag: "A", revision: 7, from: 0, startsAt: Self.at,
                steps: [.init(step: step, startsAfterSeconds: 0, affected: 25, impact: impact)], endsAfterSeconds: 600,
                invariants: ["i"], plan: ["flag": "A"]))
        try self.roundTrip(
            RolloutStartRequest(
                plan: ["flag": "A"], reason: "r", at: Self.at, dryRun: true, preview: PreviewRequest(synthetic: 10)))
        try self.roundTrip(RolloutCommandRequest(reason: "r", full: true, step: 2, revokeTickets: true))
    }

    @Test("Environments, flags and revisions")
    func environments() throws {
        try self.roundTrip(Self.revision)
        try self.roundTrip(Self.summary)
        try self.roundTrip(EnvironmentList(environments: [Self.summary]))
        try self.roundTrip(
            EnvironmentDetail(
                summary: Self.summary,
                invariants: [
                    InvariantDetail(
                        name: "i", message: "m", rule: ["==": [["var": "flags.A.always"], nil]], flags: ["A"])
                ]))
        try self.roundTrip(
            FlagList(environment: "production", revision: 7, digest: Self.digest, flags: ["A": Self.toggle.json]))
        try self.roundTrip(
            FlagDetail(
                environment: "production", key: "A", revision: 7, definition: Self.toggle.json,
                lastChange: Self.revision))
        try self.roundTrip(RevisionList(environment: "production", revisions: [Self.revision], nextBefore: 7))
        try self.roundTrip(RevisionList(environment: "production", revisions: []))
        try self.roundTrip(DifferenceResult(environment: "production", from: 1, to: 2, difference: Self.difference))
        for kind in RevisionKind.allCases { try self.roundTrip([kind]) }
    }

    @Test("Requests for a change, and what came of it")
    func changes() throws {
        let changes: [FlagChange] = [
            .put("A", Self.toggle), .remove("A"), .enable("A"), .disable("A"), .serve("A", variant: "on"),
            .set("A", value: [1, nil]),
            .rollout("A", percentage: .full, variant: "on"), .rollout("A", percentage: .zero, variant: nil), .kill("A"),
            .revokeTickets(before: Self.at),
        ]
        try self.roundTrip(ChangesetRequest(baseRevision: 3, reason: "r", changes: changes, dryRun: true))
        try self.roundTrip(ChangesetRequest(baseRevision: 3, reason: "r", changes: []))
        let document = EnvironmentDocument(
            name: "production",
            settings: EnvironmentSettings(
                description: "d", isProtected: true,
                invariants: [try Invariant(name: "i", json: ["message": "m", "rule": ["var": "protected"]], at: "")]),
            flags: ["A": Self.toggle])
        try self.roundTrip(ApplyRequest(baseRevision: 1, reason: "r", document: document, prune: true, dryRun: false))
        try self.roundTrip(ApplyRequest(reason: "r", document: document))
        try self.roundTrip(RollbackRequest(to: 4, reason: "r", revokeTickets: true, dryRun: true))
        try self.roundTrip(RollbackRequest(reason: "r"))
        try self.roundTrip(KillRequest(reason: "r", dryRun: true))
        try self.roundTrip(
            CommitResult(
                environment: "production", revision: 8, previousRevision: 7, digest: Self.digest, changed: true,
                dryRun: false,
                kind: .kill, restoredRevision: 5, at: Self.at, difference: Self.difference, settingsChanged: true,
                settingsDifference: [ContentDifference.Member(path: "protected", before: true, after: false)],
                created: true, keptKilled: ["A"]))
    }

    @Test("Evaluation")
    func evaluation() throws {
        try self.roundTrip(EvaluateRequest(context: ["targetingKey": "u", "n": 1, "deep": ["a": [nil]]], revision: 3))
        try self.roundTrip(EvaluateRequest())
        for reason in EvaluationReason.allCases {
            try self.roundTrip(
                EvaluateResult(
                    environment: "production", revision: 7, key: "A", value: ["x": 0.25], variant: "on", reason: reason,
                    errorCode: .general, errorDetails: "d", bucket: 99_999,
                    steps: [EvaluationStep(part: "state", finding: "f")]))
        }
        for code in EvaluationErrorCode.allCases { try self.roundTrip([code]) }
    }

    @Test("Access, audit and status")
    func access() throws {
        try self.roundTrip(Self.token)
        try self.roundTrip(TokenList(tokens: [Self.token]))
        try self.roundTrip(TokenCreateRequest(name: "ci", role: "admin", environments: ["a"], expiresInSeconds: 60))
        try self.roundTrip(secret: TokenCreateResult(token: "secret", summary: Self.token))
        try self.roundTrip(WhoAmI(name: "ci", role: "admin", environments: ["a"], expiresAt: Self.at))
        try self.roundTrip(WhoAmI(name: "ci", role: "admin"))
        try self.roundTrip(
            AuditPage(entries: [Self.entry], nextAfter: 1, lastSequence: 1, lastDigest: Self.entry.digest))
        try self.roundTrip(
            ServerStatus(
                version: "1", sqliteVersion: "3.40.1", runtimeEnvironment: "development", ticketStore: "memory",
                ticketStoreAvailable: true, ticketPolicyProblems: ["p"]))
    }

    @Test("Tickets")
    func tickets() throws {
        try self.roundTrip(TicketIssueRequest(ttlSeconds: 30, singleUse: false, permissions: ["p"], metadata: ["m": 1]))
        try self.roundTrip(TicketIssueRequest())
        try self.roundTrip(
            secret: TicketIssueResult(
                ticketID: "t", expiresAt: 1_772_600_797.089, createdAt: 1_772_600_767.089, ttlSeconds: 30,
                singleUse: true,
                permissions: [], websocketURL: "ws://h/websocket"))
        try self.roundTrip(secret: TicketConsumeRequest(ticket: "t", origin: "https://a", clientAddress: "::1"))
        try self.roundTrip(
            TicketConsumeResult(
                userID: "u", email: "e", permissions: ["p"], metadata: ["m": nil], pathway: "ticket", createdAt: 1.5,
                expiresAt: 2,
                singleUse: true, revision: 7))
        try self.roundTrip(
            TicketValidateResult(valid: true, userID: "u", email: "e", permissions: [], expiresAt: 1.25, error: nil))
        try self.roundTrip(TicketValidateResult(valid: false, error: "ticket-unknown-or-expired"))
        try self.roundTrip(TicketRevokeResult(success: true, message: "m"))
        try self.roundTrip(
            TicketSystemStatus(
                ticketSystemEnabled: true, redisAvailable: false, redisStatus: "s", defaultTTLSeconds: 30,
                maxTTLSeconds: 3600,
                ticketPrefix: "p"))
    }

    @Test("Handshakes")
    func handshakes() throws {
        try self.roundTrip(secret: HandshakeRequest(uri: "/ws?a=b", headers: ["a": "b"], address: "::1"))
        try self.roundTrip(
            HandshakeResult(
                userID: "u", email: nil, permissions: ["p"], metadata: [:], pathway: "cookie", subprotocol: "chat.v1",
                expiresAt: 1.5, revision: 7))
        let values: [(String, HeaderValues)] = [(#""a""#, "a"), (#"["a","b"]"#, .init(["a", "b"])), ("[]", .init([]))]
        for (json, expected) in values {
            let read = try WireDecoder(unknownMembers: .refuse).decode(HeaderValues.self, from: Array(json.utf8))
            #expect(read == expected)
            #expect(String(decoding: try WireEncoder.encode(read), as: UTF8.self) == json)
        }
    }

    @Test("An audit entry keeps its digest on the way")
    func auditDigest() throws {
        let read = try WireDecoder(unknownMembers: .ignore).decode(
            AuditEntry.self, from: try WireEncoder.encode(Self.entry))
        #expect(read.computedDigest == Self.entry.digest)
    }

    @Test("Slashes are not escaped, members are sorted, all on one line")
    func form() throws {
        let text = String(
            decoding: try WireEncoder.encode(TicketConsumeRequest(ticket: "t", origin: "https://a/b\n")), as: UTF8.self)
        #expect(text == #"{"origin":"https://a/b\n","ticket":"t"}"#)
    }
}
