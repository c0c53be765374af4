import FlagModel
import Testing

@testable import TicketRuntime

@Suite("Ticket policy")
struct TicketPolicyTests {
    private let nobody = EvaluationContext()

    @Test("Without a snapshot every door is closed")
    func closed() {
        let policy = TicketPolicy(closedIn: "testing")
        #expect(policy.terms(for: self.nobody) == nil)
        #expect(!policy.isEnabledForAnyone)
        #expect(policy.pathwayInsteadOfTickets(for: self.nobody) == nil)
        #expect(policy.failover == .fenced)
        #expect(policy.defaultTTL.seconds == 30)
        #expect(policy.problems.map(\.flag) == TicketFlags.all)
    }

    @Test("A rule may open tickets at a time")
    func opensAtATime() {
        var tickets = FlagDefinition.toggle(false)
        tickets.targeting = ["if": [[">=": [["var": "$flagd.timestamp"], 1000]], "on", nil]]
        let policy = TicketPolicy(
            EnvironmentContent.open.with(TicketFlags.tickets, tickets).snapshot(revision: 7))
        let early = Timestamp(millisecondsSinceEpoch: 999_999)
        let late = Timestamp(millisecondsSinceEpoch: 1_000_000)
        #expect(policy.terms(for: self.nobody, at: early) == nil)
        #expect(policy.terms(for: self.nobody, at: late) != nil)
        #expect(!policy.isEnabled(.ticket, for: self.nobody, at: early))
        #expect(policy.isEnabled(.ticket, for: self.nobody, at: late))
    }

    @Test("A flag that requires another may serve its safe variant")
    func requires() {
        var tickets = FlagDefinition.toggle(false)
        tickets.safeVariant = "on"
        tickets.prerequisites = [Prerequisite(flag: TicketFlags.fallback, variant: "on")]
        let policy = TicketPolicy(EnvironmentContent.open.with(TicketFlags.tickets, tickets).snapshot(revision: 7))
        #expect(policy.isEnabledForAnyone)
        #expect(policy.terms(for: self.nobody) != nil)
    }

    @Test("A complete snapshot has no problems")
    func complete() {
        let policy = TicketPolicy(EnvironmentContent.open.snapshot(revision: 7))
        #expect(policy.problems.isEmpty)
        #expect(policy.revision == 7)
        #expect(
            policy.terms(for: self.nobody)
                == TicketTerms(ttl: .builtIn, binding: .none, allowsMultiUse: false, cohort: .everyone))
    }

    @Test("An empty snapshot closes every door and names every flag")
    func empty() {
        let policy = TicketPolicy(EnvironmentContent().snapshot())
        #expect(policy.terms(for: self.nobody) == nil)
        #expect(policy.problems.map(\.flag) == TicketFlags.all)
        #expect(policy.problems.allSatisfy { $0.message.hasPrefix("is missing") })
    }

    @Test("A flag of the wrong type takes the built-in value and is reported")
    func wrongType() {
        let content = EnvironmentContent.open.with(TicketFlags.tickets, .value(.string, "on"))
        let policy = TicketPolicy(content.snapshot())
        #expect(policy.terms(for: self.nobody) == nil)
        #expect(
            policy.problems.map(\.description) == [
                "ENABLE_WEBSOCKET_TICKETS is of type string, not boolean; false applies to everyone"
            ])
    }

    @Test("A TTL outside its bounds takes the declared safe variant", arguments: [0, 3601, -5] as [Int64])
    func ttlBounds(seconds: Int64) {
        let flag = FlagDefinition(
            type: .integer, variants: ["wild": .integer(seconds), "safe": 45], defaultVariant: "wild",
            safeVariant: "safe")
        let policy = TicketPolicy(EnvironmentContent.open.with(TicketFlags.ttl, flag).snapshot())
        #expect(policy.defaultTTL.seconds == 45)
        #expect(policy.problems.map(\.flag) == [TicketFlags.ttl])
    }

    @Test("A disabled flag serves its safe variant, not its default")
    func disabled() {
        var flag = FlagDefinition.toggle(true)
        flag.state = .disabled
        let policy = TicketPolicy(EnvironmentContent.open.with(TicketFlags.tickets, flag).snapshot())
        #expect(policy.terms(for: self.nobody) == nil)
        #expect(policy.problems.map(\.flag) == [TicketFlags.tickets])
    }

    @Test("A stale flag serves what a kill would, to everyone, and is reported")
    func stale() {
        let snapshot = EnvironmentContent.open.with(TicketFlags.tickets, .toggle(true, percentage: 100)).snapshot()
        let policy = TicketPolicy(snapshot, stale: [TicketFlags.tickets])
        #expect(policy.terms(for: self.nobody) == nil)
        #expect(!policy.isEnabledForAnyone)
        #expect(policy.problems.map(\.flag) == [TicketFlags.tickets])

        var flag = FlagDefinition.toggle(true)
        flag.safeVariant = nil
        let unsafe = EnvironmentContent.open.with(TicketFlags.tickets, flag).snapshot()
        #expect(TicketPolicy(unsafe, stale: [TicketFlags.tickets]).isEnabledForAnyone)
    }

    @Test("The test bypass is off when its flag is stale, whatever it declares as safe")
    func staleBypass() {
        let key = TicketFlags.toggle(of: .e2eBypass)
        var flag = FlagDefinition.toggle(true)
        flag.safeVariant = "on"
        let snapshot = EnvironmentContent.open.with(key, flag).snapshot()
        #expect(!TicketPolicy(snapshot, stale: [key]).isEnabled(.e2eBypass, for: self.nobody))
    }

    @Test("A disabled flag without a declared safe variant closes")
    func disabledWithoutSafe() {
        var flag = FlagDefinition.toggle(true)
        flag.state = .disabled
        flag.safeVariant = nil
        let policy = TicketPolicy(EnvironmentContent.open.with(TicketFlags.tickets, flag).snapshot())
        #expect(policy.terms(for: self.nobody) == nil)
    }

    @Test("The test bypass stays off when its flag cannot decide, whatever it declares as safe")
    func bypass() {
        var flag = FlagDefinition.toggle(true)
        flag.state = .disabled
        flag.safeVariant = "on"
        let content = EnvironmentContent.open.with(TicketFlags.toggle(of: .e2eBypass), flag)
        #expect(!TicketPolicy(content.snapshot()).isEnabled(.e2eBypass, for: self.nobody))
    }

    @Test("A rule that names a variant which does not exist serves the safe value")
    func brokenRule() {
        var flag = FlagDefinition.toggle(true)
        flag.targeting = .string("nonsense")
        let policy = TicketPolicy(EnvironmentContent.open.with(TicketFlags.tickets, flag).snapshot())
        #expect(policy.terms(for: self.nobody) == nil)
    }

    @Test("A percentage decides user by user and stamps the cohort")
    func percentage() {
        let content = EnvironmentContent.open.with(TicketFlags.tickets, .toggle(false, percentage: 25))
        let policy = TicketPolicy(content.snapshot())
        let terms = (0..<4000).map { policy.terms(for: EvaluationContext(targetingKey: "user-\($0)")) }
        #expect((800...1200).contains(terms.count { $0 != nil }))
        #expect(terms.allSatisfy { $0 == nil || $0?.cohort == .rollout })
        #expect(policy.isEnabledForAnyone)
    }

    @Test("Nobody is enabled at zero percent")
    func zeroPercent() {
        let content = EnvironmentContent.open.with(TicketFlags.tickets, .toggle(false, percentage: 0))
        #expect(!TicketPolicy(content.snapshot()).isEnabledForAnyone)
    }

    @Test("A targeting rule puts its users into the targeted cohort")
    func targeted() throws {
        var flag = FlagDefinition.toggle(false)
        flag.targeting = ["if": [["==": [["var": "email"], "qa@example.com"]], "on", nil]]
        let policy = TicketPolicy(EnvironmentContent.open.with(TicketFlags.tickets, flag).snapshot())
        let tester = try TicketSubject(id: "1", email: "qa@example.com")
        let other = try TicketSubject(id: "2", email: "someone@example.com")
        #expect(policy.terms(for: tester.evaluationContext)?.cohort == .targeted)
        #expect(policy.terms(for: other.evaluationContext) == nil)
    }

    @Test("The fallback is the first legacy pathway that is open, in the order that suits browsers")
    func fallbackOrder() {
        var content = EnvironmentContent.open
        for pathway in Pathway.allCases where pathway != .ticket {
            content = content.with(TicketFlags.toggle(of: pathway), .toggle(true))
        }
        for expected in Pathway.fallbackOrder {
            #expect(TicketPolicy(content.snapshot()).pathwayInsteadOfTickets(for: self.nobody) == expected)
            content = content.with(TicketFlags.toggle(of: expected), .toggle(false))
        }
        // Only the bypass is left, and that is never offered.
        #expect(TicketPolicy(content.snapshot()).pathwayInsteadOfTickets(for: self.nobody) == nil)
    }

    @Test("With no legacy pathway open, the fallback flag names the subprotocol")
    func fallbackFlag() {
        let content = EnvironmentContent.open.with(TicketFlags.fallback, .toggle(true))
        let policy = TicketPolicy(content.snapshot())
        #expect(policy.pathwayInsteadOfTickets(for: self.nobody) == .subprotocol)
        #expect(policy.pathwayWithoutStore(for: self.nobody) == .subprotocol)
    }

    @Test("Without the fallback flag an absent store names no pathway, even if one is open")
    func noFallbackWithoutStore() {
        let content = EnvironmentContent.open.with(TicketFlags.toggle(of: .cookie), .toggle(true))
        let policy = TicketPolicy(content.snapshot())
        #expect(policy.pathwayInsteadOfTickets(for: self.nobody) == .cookie)
        #expect(policy.pathwayWithoutStore(for: self.nobody) == nil)
    }
}
