import FlagModel
import Testing

@testable import TicketRuntime

@Suite("Counters")
struct TelemetryTests {
    private func expectPlaces<Case: Countable>(_ type: Case.Type) {
        #expect(Case.allCases.map(\.ordinal) == Array(0..<Case.allCases.count))
    }

    @Test("Every case has its own counter")
    func places() {
        self.expectPlaces(TicketOperation.self)
        self.expectPlaces(Pathway.self)
        self.expectPlaces(TicketCohort.self)
        self.expectPlaces(TicketRefusalReason.self)
    }

    @Test("Each combination is counted by itself and shown with its names")
    func combinations() {
        let telemetry = TicketTelemetry()
        telemetry.count(.consume, pathway: .cookie, cohort: .rollout, refusal: .replayed)
        telemetry.count(.issue, cohort: .control, refusal: .ticketsOff)
        telemetry.count(.issue, cohort: .control, refusal: .ticketsOff)
        telemetry.count(.issue, cohort: .everyone)
        #expect(
            telemetry.statistics.entries == [
                .init(operation: .issue, pathway: .ticket, cohort: .control, refusal: .ticketsOff, count: 2),
                .init(operation: .issue, pathway: .ticket, cohort: .everyone, refusal: nil, count: 1),
                .init(operation: .consume, pathway: .cookie, cohort: .rollout, refusal: .replayed, count: 1),
            ])
        #expect(telemetry.statistics.refused(.ticketsOff) == 2)
        #expect(telemetry.statistics.issued == 1)
        #expect(telemetry.statistics.replays == 1)
    }

    @Test("No addition is lost among many tasks")
    func concurrent() async {
        let telemetry = TicketTelemetry()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<1000 { telemetry.count(.consume, cohort: .everyone) } }
            }
        }
        #expect(telemetry.statistics.consumed == 8000)
    }

    @Test("What the runtime does is counted by cohort: refused users in the control group, granted ones in theirs")
    func byCohort() async throws {
        try await Setup.with(.memory) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.tickets, .toggle(false, percentage: 50)))
            var granted = 0
            for number in 0..<100 {
                let user = try TicketSubject.user("user-\(number)")
                do throws(TicketRefusal) {
                    let ticket = try await runtime.issue(for: user)
                    _ = try await runtime.consume(ticket.id)
                    granted += 1
                } catch {
                    #expect(error == .ticketsOff(use: nil))
                }
            }
            let statistics = runtime.statistics
            #expect((20...80).contains(granted))
            #expect(statistics.count { $0.cohort == .rollout && $0.operation == .consume } == granted)
            #expect(statistics.count { $0.cohort == .control } == 100 - granted)
            #expect(statistics.refused(.ticketsOff) == 100 - granted)
        }
    }
}
