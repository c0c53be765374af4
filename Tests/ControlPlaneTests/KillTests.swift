import ControlPlane
import FlagModel
import Testing

@Suite("Kill")
struct KillTests {
    @Test("A killed flag serves its safe variant to everyone")
    func safeVariant() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(100))
        let outcome = try await fixture.kill(Fixture.tickets)
        #expect(outcome.origin == .kill)
        let answer = outcome.head.snapshot.evaluate(Fixture.tickets, for: EvaluationContext(targetingKey: "u"))
        #expect(answer.value == false)
    }

    @Test("Killing a killed flag makes no revision")
    func twice() async throws {
        let fixture = try await Fixture()
        try await fixture.kill(Fixture.tickets)
        let outcome = try await fixture.kill(Fixture.tickets)
        #expect(!outcome.isChanged)
        #expect(outcome.revision == 2)
    }

    @Test("It needs no base revision: it takes effect on whatever is in force")
    func noBase() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(.set(Fixture.ttl, value: 40))
        let outcome = try await fixture.kill(Fixture.tickets)
        #expect(outcome.revision == 3)
        #expect(outcome.head.content.flags[Fixture.ttl] == Fixture.duration(40))
    }

    @Test("The last working pathway cannot be killed, and stays as it was")
    func interlock() async throws {
        let fixture = try await Fixture()
        let error = try await #require(throws: ControlPlaneError.self) { try await fixture.kill(Fixture.fallback) }
        guard case .invariantsViolated(_, let violations) = error else { throw error }
        #expect(violations.first?.flags.contains(Fixture.fallback) == true)
        #expect(try fixture.head.revision == 1)
    }

    @Test("An unknown flag is named, with the one that was perhaps meant")
    func unknown() async throws {
        let fixture = try await Fixture()
        await #expect(
            throws: ControlPlaneError.unknownFlag(
                "WEBSOCKET_TICKET_TLT", Fixture.environment, suggestion: Fixture.ttl.text)
        ) { try await fixture.kill("WEBSOCKET_TICKET_TLT") }
    }

    @Test("Only enabling lifts a kill")
    func enable() async throws {
        let fixture = try await Fixture()
        try await fixture.kill(Fixture.tickets)
        try await fixture.commit(try Fixture.percent(50))
        #expect(try fixture.head.content.flags[Fixture.tickets]?.isKilled == true)
        try await fixture.commit(.enable(Fixture.tickets))
        #expect(try fixture.head.content.flags[Fixture.tickets]?.isKilled == false)
    }
}
