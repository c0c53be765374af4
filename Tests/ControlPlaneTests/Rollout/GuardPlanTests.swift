import ControlPlane
import FlagModel
import Testing

@Suite("Guards in a plan")
struct GuardPlanTests {
    private static func issues(_ rule: JSONValue, flag: FlagKey = Fixture.tickets) -> [FlagModel.Issue] {
        do throws(InvalidDocument) {
            _ = try RolloutPlan(json: ["steps": "5%:1h,100%", "guards": [rule]], flag: flag)
            return []
        } catch {
            return error.issues
        }
    }

    @Test(
        "Every metric is read back as it is written",
        arguments: [
            ["metric": "authentication-failures"], ["metric": "ticket-issuance-slow", "slowerThan": "250ms"],
            ["metric": "ticket-consumption-slow", "slowerThan": "2.5s"], ["metric": "fallbacks"],
            ["metric": "replays"], ["metric": "counter/checkout", "name": "orders"],
            ["metric": "prometheus", "query": "sum(rate(x[1m]))", "maximum": 3.5, "minimum": -1, "for": "1m"],
        ] as [JSONValue])
    func metrics(_ json: JSONValue) throws {
        let rule = try RolloutGuard(json: json, at: "")
        #expect(rule.metric.name == json["metric"]?.stringValue)
        #expect(try RolloutGuard(json: rule.json, at: "") == rule)
    }

    @Test("A metric that there is not is refused with the one that may be meant and all there are")
    func unknown() {
        let issues = Self.issues(["metric": "authentification-failures"])
        #expect(issues.map(\.path) == ["guards[0].metric"])
        #expect(issues.first?.message.contains("did you mean authentication-failures?") == true)
        #expect(issues.first?.message.contains("counter/<name>") == true)
    }

    @Test("A bound that is none of a bucket's is refused with those there are")
    func bounds() {
        let issues = Self.issues(["metric": "ticket-issuance-slow", "slowerThan": "300ms"])
        #expect(issues.map(\.path) == ["guards[0].slowerThan"])
        #expect(issues.first?.message.contains("0.5ms, 1ms, 2.5ms") == true)
        #expect(Self.issues(["metric": "ticket-issuance-slow"]).map(\.path) == ["guards[0].slowerThan"])
    }

    @Test("A query needs a bound, and takes nothing that is for ratios, nor an address")
    func queries() {
        #expect(Self.issues(["metric": "prometheus", "query": "x"]).map(\.path) == ["guards[0].maximum"])
        #expect(Self.issues(["metric": "prometheus", "maximum": 1]).map(\.path) == ["guards[0].query"])
        let more: JSONValue = [
            "metric": "prometheus", "query": "x", "maximum": 1, "tripwire": 0.2, "url": "http://169.254.169.254",
        ]
        #expect(Self.issues(more).map(\.path) == ["guards[0].tripwire", "guards[0].url"])
    }

    @Test("Metrics of tickets are refused for another flag's rollout, which they cannot tell users apart by")
    func otherFlag() {
        #expect(Self.issues(["metric": "fallbacks"], flag: "NEW_CHECKOUT").map(\.path) == ["guards[0].metric"])
        #expect(Self.issues(["metric": "counter/checkout"], flag: "NEW_CHECKOUT") == [])
    }

    @Test("Replays alone pause unless the plan wants more")
    func responses() throws {
        #expect(try RolloutGuard(json: ["metric": "replays"], at: "").response == .pause)
        #expect(try RolloutGuard(json: ["metric": "replays", "onFailure": "rollback"], at: "").response == .rollback)
        #expect(try RolloutGuard(json: ["metric": "fallbacks"], at: "").response == .rollback)
    }
}
