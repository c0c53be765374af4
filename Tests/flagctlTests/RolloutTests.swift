import FlagAPI
import FlagModel
import Foundation
import TestSupport
import Testing

@testable import flagctl

@Suite("flagctl rollout")
struct RolloutTests {
    private static let path = "/v1/environments/production/rollouts"
    private static let failed = RolloutCause(kind: "guard-failed", detail: "failures: 300 of 1000 failed")
    private static let empty = RolloutHistory(rollout: 3, entries: [])

    private static func server(
        _ details: RolloutDetail..., list: [RolloutSummary] = [Samples.rollout(.holding)],
        history: RolloutHistory = Self.empty
    ) -> StubServer {
        StubServer([
            "GET \(Self.path)?limit=100": [.init(RolloutList(environment: "production", rollouts: list))],
            "GET \(Self.path)?flag=TICKETS&limit=1": [
                .init(RolloutList(environment: "production", rollouts: list))
            ],
            "GET \(Self.path)/3": details.map { .init($0) },
            "GET \(Self.path)/3/history": [.init(history)],
        ])
    }

    @Test(
        "Status never ends with 0 on a rollout that stands still or went back",
        arguments: [
            (RolloutState.scheduled, flagctl.ExitStatus.success), (.running, .success), (.holding, .success),
            (.completed, .success), (.paused, .paused), (.awaitingApproval, .approvalNeeded),
            (.rolledBack, .rolledBack), (.aborted, .rolledBack),
        ])
    func status(_ state: RolloutState, _ expected: flagctl.ExitStatus) async {
        for format in ["table", "json"] {
            let run = await Run(
                "rollout", "status", "production", "3", "-o", format, server: Self.server(Samples.rolloutDetail(state)))
            #expect(run.status == expected, "\(run.errors)")
            #expect(run.output.contains(state.rawValue))
        }
    }

    @Test("What is watched ends as the rollout does, or where a goal needs a person", arguments: Self.table)
    func ends(_ state: RolloutState, _ goal: RolloutGoal?, _ verdict: String?, _ expected: flagctl.ExitStatus?) {
        let detail = Samples.rolloutDetail(state, verdict: verdict)
        #expect(detail.end(for: goal) == expected)
    }

    private static let table: [(RolloutState, RolloutGoal?, String?, flagctl.ExitStatus?)] = [
        (.running, nil, nil, nil), (.running, .healthy, "pass", nil), (.holding, nil, "pass", nil),
        (.holding, .completed, "pass", nil), (.holding, .healthy, "pass", .success),
        (.holding, .healthy, nil, .success),
        (.holding, .healthy, "inconclusive", nil), (.holding, .healthy, "no-data", nil),
        (.paused, nil, nil, nil), (.paused, .paused, nil, .success), (.paused, .healthy, nil, .paused),
        (.paused, .completed, nil, .paused), (.awaitingApproval, nil, nil, nil),
        (.awaitingApproval, .paused, nil, .success), (.awaitingApproval, .completed, nil, .approvalNeeded),
        (.completed, nil, nil, .success), (.completed, .paused, nil, .success), (.completed, .healthy, nil, .success),
        (.rolledBack, nil, nil, .rolledBack), (.rolledBack, .paused, nil, .rolledBack),
        (.aborted, .completed, nil, .rolledBack), (.scheduled, .healthy, nil, nil),
    ]

    @Test("Status tells where it stands, what it waits for, its steps and its guards")
    func text() async {
        let detail = Samples.rolloutDetail(
            .holding, verdict: "inconclusive", waitingFor: ["hold: 3m of 2h", "guard failures: inconclusive"])
        let run = await Run("rollout", "status", "production", "TICKETS", server: Self.server(detail))
        #expect(run.status == .success)
        #expect(
            run.output == """
                rollout 3 of TICKETS in production: holding, step 2 of 2
                in force   25 % since revision 8
                waits for  hold: 3m of 2h
                           guard failures: inconclusive
                started    2026-03-04 05:06:07Z by rosa: first cohort
                STEP  SHARE  HOLD  APPROVAL
                   1    1 %  10m   -         passed
                   2   25 %  2h    needed    in force
                GUARD     VERDICT       READING
                failures  inconclusive  3 of 1000 failed

                """)
    }

    @Test("A watch shows what happens as it happens, goes on over a pause, and ends with the rollout's code")
    func watch() async {
        let history = RolloutHistory(
            rollout: 3,
            entries: [
                .init(at: Samples.at, actor: "rosa", event: "step", step: 1, percentage: 1, revision: 7),
                .init(at: Samples.at, actor: "system", event: "rolled-back", revision: 9, cause: Self.failed),
            ])
        let server = Self.server(
            Samples.rolloutDetail(.holding), Samples.rolloutDetail(.paused),
            Samples.rolloutDetail(.rolledBack, cause: Self.failed), history: history)
        let run = await Run("rollout", "status", "production", "-w", server: server)
        #expect(run.status == .rolledBack)
        #expect(
            run.output == """
                2026-03-04 05:06:07Z  step 1, 1 %, revision 7
                2026-03-04 05:06:07Z  rolled-back, revision 9 (guard-failed: failures: 300 of 1000 failed)

                """)
        #expect(run.errors.contains("rollout 3 is rolled-back (guard-failed: failures: 300 of 1000 failed)"))
    }

    @Test("With a goal, a pause ends the watch with a code of its own and says how to go on")
    func pausedOnTheWay() async {
        let server = Self.server(Samples.rolloutDetail(.running), Samples.rolloutDetail(.paused, cause: Self.failed))
        let run = await Run("rollout", "status", "production", "3", "--until", "completed", server: server)
        #expect(run.status == .paused && run.status.rawValue == 9)
        #expect(run.errors.contains("flagctl rollout resume production 3"))
    }

    @Test("A rollout need not be named while only one is under way; of two, one has to be")
    func ambiguous() async {
        let others = [Samples.rollout(.holding), Samples.rollout(.paused, id: 2, flag: "OTHER")]
        let run = await Run(
            "rollout", "pause", "production", "--reason", "r",
            server: Self.server(Samples.rolloutDetail(.holding), list: others))
        #expect(run.status == .usage)
        #expect(run.errors.contains("2  OTHER  paused"))
    }

    @Test("A command never falls back on a rollout that is over", arguments: ["pause", "abort", "undo", "resume"])
    func nothingUnderWay(_ command: String) async {
        let run = await Run(
            "rollout", command, "production", "--reason", "r",
            server: Self.server(Samples.rolloutDetail(.completed), list: [Samples.rollout(.completed)]))
        #expect(run.status == .error)
        #expect(run.errors.contains("no rollout is under way in production"))
        #expect(!run.requests.contains { $0.line.hasPrefix("POST") })
    }

    @Test("Commands say what they were told to")
    func commands() async {
        let result = RolloutResult(
            rollout: Samples.rolloutDetail(.rolledBack, cause: RolloutCause(kind: "undone", detail: "")), revision: 9,
            previousRevision: 8)
        for (words, body) in [
            (["undo", "production", "3", "--revoke-tickets"], ["reason": "r", "revokeTickets": true] as JSONValue),
            (["undo", "production", "3"], ["reason": "r"]),
            (["promote", "production", "3", "--full"], ["reason": "r", "full": true]),
            (["promote", "production", "3"], ["reason": "r"]),
            (["approve", "production", "3"], ["reason": "r", "step": 2]),
            (["approve", "production", "3", "--step", "7"], ["reason": "r", "step": 7]),
            (["abort", "production", "3"], ["reason": "r"]),
        ] {
            let line = "POST \(Self.path)/3/\(words[0])"
            let server = StubServer([
                line: [.init(result)], "GET \(Self.path)/3": [.init(Samples.rolloutDetail(.awaitingApproval))],
            ])
            let run = await Run(["rollout"] + words + ["--reason", "r"], server: server)
            #expect(run.status == .success, "\(run.errors)")
            #expect(run.requests.last?.line == line && run.requests.last?.body == body)
            #expect(
                run.output == "rollout 3 of TICKETS in production is rolled-back (undone); revision 9 is in force\n")
        }
    }

    @Test("A plan for another flag is not started, nor one without steps or with two kinds of them")
    func plans() async throws {
        try await TemporaryDirectory.with { folder in
            let file = folder + "/plan.yaml"
            try "flag: OTHER\nsteps: 1%:10m,100%\n".write(toFile: file, atomically: true, encoding: .utf8)
            let start = ["rollout", "start", "production", "TICKETS", "--reason", "r"]
            #expect(await Run(start + ["-f", file]).status == .invalid)
            #expect(await Run(start).status == .usage)
            #expect(await Run(start + ["-f", file, "--steps", "100%"]).status == .usage)
            #expect(await Run(start + ["--steps", "100%", "--at", "tonight"]).status == .usage)
        }
    }

    private static let plan: JSONValue = [
        "flag": "TICKETS", "steps": "1%:10m,25%:2h,100%",
        "guards": [
            ["name": "failures", "onFailure": "rollback", "tolerance": 0.01, "tripwire": 0.25],
            ["name": "slow", "onFailure": "pause", "tolerance": 0.02, "tripwire": 0.5],
        ],
    ]

    private static func preview() -> RolloutPreviewResult {
        func step(_ number: Int64, _ share: Double, _ hold: Int64, after: Int64, changed: Int64, approval: Bool = false)
            -> RolloutPreviewResult.Step
        {
            RolloutPreviewResult.Step(
                step: RolloutStepDetail(
                    number: number, percentage: share, holdSeconds: hold, approval: approval, guards: [],
                    progress: .ahead), startsAfterSeconds: after, affected: share,
                impact: ImpactReport(
                    synthetic: true, requested: 10_000, sample: 10_000,
                    flags: [.init(flag: "TICKETS", evaluated: 10_000, changed: changed, transitions: [])]))
        }
        return RolloutPreviewResult(
            environment: "production", flag: "TICKETS", revision: 6, from: 0, startsAt: Samples.at,
            steps: [
                step(1, 1, 600, after: 0, changed: 98), step(2, 25, 7200, after: 600, changed: 2404),
                step(3, 100, 0, after: 7800, changed: 7498, approval: true),
            ], endsAfterSeconds: 7800, invariants: ["pathway-reachable"], plan: Self.plan)
    }

    @Test("A preview tells when, to whom, watched by what, and with which invariants")
    func previewText() async {
        let server = StubServer(["POST \(Self.path)": [.init(Self.preview())]])
        let run = await Run(
            "rollout", "start", "production", "TICKETS", "--steps", "1%:10m,25%:2h,100%", "--reason", "r", "--dry-run",
            server: server)
        #expect(run.status == .success, "\(run.errors)")
        #expect(
            run.output == """
                rollout of TICKETS in production, from 0 % at revision 6
                STEP  EARLIEST              SHARE  HOLD  APPROVAL  CHANGES FOR
                   1  2026-03-04 05:06:07Z    1 %  10m   -         98 of 10,000 synthetic users
                   2  2026-03-04 05:16:07Z   25 %  2h    -         2,404 of 10,000 synthetic users
                   3  2026-03-04 07:16:07Z  100 %  -     needed    7,498 of 10,000 synthetic users
                through     2026-03-04 07:16:07Z, if nothing has to be waited for
                guards      failures: goes back when the cohort fails 1 % more often than the rest, or at 25 % at once
                            slow: pauses when the cohort fails 2 % more often than the rest, or at 50 % at once
                invariants  pathway-reachable: kept at each step

                """)
        #expect(run.requests.map { $0.body?["dryRun"] } == [true])
    }

    @Test("At a terminal the preview comes first, and anything but yes starts nothing", arguments: ["y", "n", ""])
    func confirmation(_ answer: String) async {
        let result = RolloutResult(rollout: Samples.rolloutDetail(.running), revision: 7, previousRevision: 6)
        let server = StubServer(["POST \(Self.path)": [.init(Self.preview()), .init(result)]])
        let run = await Run(
            "rollout", "start", "production", "TICKETS", "--steps", "1%:10m,25%:2h,100%", "--reason", "r",
            server: server, console: MemoryConsole(input: answer + "\n", terminals: [.input]))
        #expect(run.errors.contains("2,404 of 10,000 synthetic users") && run.errors.contains("Start this rollout?"))
        #expect(run.status == (answer == "y" ? .success : .error))
        #expect(run.requests.map { $0.body?["dryRun"] } == (answer == "y" ? [true, nil] : [true]))
    }
}
