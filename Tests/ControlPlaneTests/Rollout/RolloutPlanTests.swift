import ControlPlane
import FlagModel
import Testing

@Suite("A rollout's plan")
struct RolloutPlanTests {
    private static func issues(_ json: JSONValue) -> [FlagModel.Issue] {
        do throws(InvalidDocument) {
            _ = try RolloutPlan(json: json, flag: Fixture.tickets)
            return []
        } catch { return error.issues }
    }

    @Test("The short form names shares and holds")
    func shortForm() throws {
        let plan = try RolloutPlan(flag: Fixture.tickets, steps: "1%:10m, 5%:30m,25%:2h,50%:2h,100%")
        #expect(plan.steps.map(\.percentage.percent) == [1, 5, 25, 50, 100])
        #expect(plan.steps.map(\.hold) == [600, 1800, 7200, 7200, 0])
    }

    @Test("A document says the same at more length, and what is written is read back as it was")
    func document() throws {
        let json: JSONValue = [
            "flag": "ENABLE_WEBSOCKET_TICKETS", "variant": "on",
            "steps": ["1%:10m", ["percentage": 0.5, "hold": "30m"], ["percentage": 100, "approval": true]],
            "guards": [
                [
                    "metric": "authentication-failures", "tolerance": 0.02, "tripwire": 0.5, "tripwireSample": 20,
                    "onFailure": "pause",
                ]
            ],
            "undecidedAfter": "2h",
        ]
        var falling = json.objectValue ?? [:]
        falling["steps"] = ["50%:10m", ["percentage": 75, "hold": "30m"], ["percentage": 100, "approval": true]]
        let plan = try RolloutPlan(json: .object(falling))
        #expect(plan.steps.map(\.needsApproval) == [false, false, true])
        #expect(plan.guards.first?.response == .pause && plan.guards.first?.name == "authentication-failures")
        #expect(plan.undecidedAfter == 7200)
        #expect(try RolloutPlan(json: plan.json) == plan)
        #expect(Self.issues(json).map(\.path) == ["steps[2]"])
    }

    @Test("Every fault is told with its place")
    func faults() {
        let issues = Self.issues([
            "flag": "not a key", "steps": ["1", "5%:soon", "101%:1h", ["hold": "1h", "percentge": 3]],
            "guards": [["metric": "m", "tolerance": 2, "minimumSample": 0, "onFailure": "rollbak"]],
            "undecidedAfter": "x",
            "gards": [],
        ])
        #expect(
            issues.map(\.path) == [
                "flag", "steps[0]", "steps[1]", "steps[2]", "steps[3].percentage", "steps[3].percentge",
                "guards[0].metric", "guards[0].onFailure", "guards[0].tolerance", "guards[0].minimumSample",
                "undecidedAfter", "gards",
            ])
    }

    @Test(
        "Shares rise or fall all the way, and all but the last are held",
        arguments: [
            ("5%:1h,5%:1h,100%", ["steps[1]"]), ("5%:1h,25%:1h,10%:1h,100%", ["steps[2]"]),
            ("50%:1h,25%:1h,0%", []), ("50%:1h,25%:1h,30%", ["steps[2]"]), ("5%,100%", ["steps[0]"]),
            ("100%", []), ("", ["steps[0]"]), ("5%:31d,100%", ["steps[0]"]),
        ] as [(String, [String])])
    func direction(_ steps: String, _ places: [String]) {
        #expect(Self.issues(["steps": .string(steps)]).map(\.path) == places)
    }

    @Test("Two guards of one name are told apart by nobody")
    func names() {
        let rule: JSONValue = ["metric": "fallbacks"]
        #expect(Self.issues(["steps": "5%:1h,100%", "guards": [rule, rule]]).map(\.path) == ["steps[0]", "steps[1]"])
    }

    @Test("A variant that YAML takes for a boolean is explained")
    func variant() {
        #expect(Self.issues(["steps": "100%", "variant": true]).first?.message.contains("quotes") == true)
    }

    private static func refusal(_ fixture: Fixture, _ steps: String, flag: FlagKey = Fixture.tickets) -> [FlagModel
        .Issue]
    {
        do throws(ControlPlaneError) {
            _ = try fixture.plane.previewRollout(
                RolloutBench.plan(steps).for(flag), in: Fixture.environment)
            return []
        } catch {
            guard case .invalidRollout(let issues) = error else {
                return [FlagModel.Issue(path: "?", message: "\(error)")]
            }
            return issues
        }
    }

    @Test("In an environment the flag and the variant are there, and it answers")
    func flag() async throws {
        let fixture = try await Fixture()
        #expect(
            Self.refusal(fixture, "50%:1h,100%", flag: "ENABLE_WEBSOCKET_TICKET").first?.message.contains(
                "did you mean ENABLE_WEBSOCKET_TICKETS?") == true)
        #expect(Self.refusal(fixture, "50%:1h,100%", flag: Fixture.ttl).map(\.path) == ["steps[0]", "steps[1]"])
        try await fixture.kill(Fixture.tickets)
        #expect(Self.refusal(fixture, "50%:1h,100%").map(\.path) == ["flag"])
    }

    @Test("Steps begin where the flag is, in their direction")
    func beginning() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(50))
        #expect(Self.refusal(fixture, "25%:1h,100%").map(\.path) == ["steps[0]"])
        #expect(Self.refusal(fixture, "25%:1h,0%").isEmpty)
        #expect(Self.refusal(fixture, "75%:1h,100%").isEmpty)
        #expect(Self.refusal(fixture, "75%:1h,25%").map(\.path) == ["steps[0]"])
        #expect(Self.refusal(fixture, "50%:1h,100%").isEmpty)
    }

    @Test("Tickets of one step age out before the next")
    func lifetime() async throws {
        let fixture = try await Fixture()
        #expect(Self.refusal(fixture, "25%:29s,50%:30s,100%").map(\.path) == ["steps[0]"])
    }

    @Test("An invariant that a step would break is told with the step")
    func invariants() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(100))
        try await fixture.commit(.serve(Fixture.fallback, variant: "off"))
        let issues = Self.refusal(fixture, "75%:1h,0%")
        #expect(issues.map(\.path) == ["steps[0]", "steps[1]"])
        #expect(issues.first?.message.contains("pathway-reachable") == true)
    }

    @Test("A preview tells when what happens to whom")
    func preview() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        let preview = try fixture.plane.previewRollout(
            RolloutBench.plan("25%:1h,50%:2h,100%", guards: [RolloutBench.failures]), in: Fixture.environment)
        #expect(preview.start.percent == 10 && preview.endsAfter == 10_800 && preview.revision == 2)
        #expect(preview.rows.map(\.startsAfter) == [0, 3600, 10_800])
        #expect(preview.rows.map(\.affected.percent) == [15, 25, 50])
        #expect(preview.rows.map(\.guards) == Array(repeating: ["failures"], count: 3))
        #expect(preview.invariants == ["pathway-reachable"])
    }

    @Test("One step down with a guard is refused: it does not say who is concerned. With the share in force it does")
    func singleStepDown() async throws {
        let run = try await RolloutRun("50%", guards: [RolloutBench.failures], before: 90)
        let error = await #expect(throws: ControlPlaneError.self) { try await run.start() }
        #expect(error?.description.contains("begin at the 90 % that is in force") == true)
        for (steps, guards) in [("90%:10m,50%", [RolloutBench.failures]), ("0%", [RolloutBench.failures]), ("50%", [])]
        {
            let run = try await RolloutRun(steps, guards: guards, before: 90)
            try await run.start()
        }
    }
}

extension RolloutPlan {
    /// The same plan for another flag.
    fileprivate func `for`(_ flag: FlagKey) -> Self {
        var plan = self
        plan.flag = flag
        return plan
    }
}
