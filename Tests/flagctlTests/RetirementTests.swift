import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("pathways retire plans a rollout that waits for the evidence")
struct RetirementTests {
    private static let flags = "GET /v1/environments/production/flags/ENABLE_WEBSOCKET_COOKIE"
    private static let pathways = "GET /v1/environments/production/pathways?window=604800"
    private static let start = "POST /v1/environments/production/rollouts"

    private static func summary(_ pathway: String = "cookie", _ reach: PathwayReach = .everyone) -> PathwaySummary {
        PathwaySummary(
            pathway: pathway, flag: "ENABLE_WEBSOCKET_COOKIE", reach: reach, percentage: nil, attempts: 0, grants: 0,
            refusals: 0, lastAttempt: nil, lastGrant: nil, watchedSince: nil)
    }

    private static func flag(_ variant: String, rollout: (String, Percentage)? = nil) -> FlagDefinition {
        FlagDefinition(
            type: .boolean, variants: ["on": true, "off": false], defaultVariant: variant, safeVariant: "off",
            rollout: rollout.map { Rollout(variant: $0.0, percentage: $0.1, seed: "s") })
    }

    private func plan(_ flag: FlagDefinition, _ reach: PathwayReach = .everyone) throws -> JSONValue {
        try Retirement(of: Self.summary("cookie", reach), flag: flag, whenIdleFor: 604_800).plan
    }

    private static func steps(_ first: JSONValue, _ last: JSONValue) -> JSONValue {
        [["percentage": first, "hold": "1m"], ["percentage": last]]
    }

    @Test("A flag that is on by default has being off rolled out, from nobody to everyone")
    func onByDefault() throws {
        let plan = try self.plan(Self.flag("on"))
        #expect(plan["flag"] == "ENABLE_WEBSOCKET_COOKIE" && plan["variant"] == "off")
        #expect(plan["steps"] == Self.steps(0, 100))
        #expect(plan["guards"] == [["metric": "idle/cookie", "for": "7d"]])
        #expect(plan["undecidedAfter"] == "30d")
        let half = try self.plan(Self.flag("on", rollout: ("off", try #require(Percentage(percent: 40)))), .some)
        #expect(half["steps"] == Self.steps(40, 100))
    }

    @Test("A flag that is on for a share of the users goes from there to nobody")
    func share() throws {
        let plan = try self.plan(Self.flag("off", rollout: ("on", try #require(Percentage(percent: 25)))), .some)
        #expect(plan["variant"] == "on")
        #expect(plan["steps"] == Self.steps(25, 0))
    }

    @Test("What is closed, or open by targeting, is not retired")
    func refusals() throws {
        var targeted = Self.flag("on")
        targeted.targeting = ["var": "x"]
        for (flag, reach) in [(Self.flag("off"), PathwayReach.nobody), (targeted, .some), (Self.flag("off"), .some)] {
            #expect(throws: Failure.self) { try self.plan(flag, reach) }
        }
    }

    @Test("Tickets are not retired, nor is what nobody knows, and the others are named")
    func unknown() async {
        let list = PathwayList(
            environment: "production", revision: 1, windowSeconds: 604_800,
            pathways: [Self.summary("ticket"), Self.summary()])
        for pathway in ["ticket", "carrier-pigeon"] {
            let run = await Run(
                ["pathways", "retire", "production", pathway, "--when-idle", "7d", "--reason", "r"],
                server: StubServer([Self.pathways: .init(list)]))
            #expect(run.status == .invalid)
            #expect(run.errors.contains("there are cookie"), "\(run.errors)")
        }
    }
}
