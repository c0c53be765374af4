import Testing

@testable import TicketRuntime

@Suite("Incident log")
struct IncidentLogTests {
    @Test("The first occurrence is logged at once")
    func first() {
        var log = IncidentLog(interval: .seconds(60))
        #expect(log.occurred(.storeUnreachable, at: 0) == .occurred(.storeUnreachable, count: 1))
    }

    @Test("Within the interval a cause is counted and not logged again")
    func counted() {
        var log = IncidentLog(interval: .seconds(60))
        _ = log.occurred(.storeUnreachable, at: 0)
        for now in 1...41 as ClosedRange<Int64> { #expect(log.occurred(.storeUnreachable, at: now * 1000) == nil) }
        #expect(log.occurred(.storeUnreachable, at: 60_000) == .occurred(.storeUnreachable, count: 42))
    }

    @Test("Each cause has an interval of its own")
    func causes() {
        var log = IncidentLog(interval: .seconds(60))
        _ = log.occurred(.storeUnreachable, at: 0)
        #expect(log.occurred(.replyLost, at: 1) == .occurred(.replyLost, count: 1))
    }

    @Test("Recovery is logged once, with what had not been told yet")
    func recovery() {
        var log = IncidentLog(interval: .seconds(60))
        _ = log.occurred(.storeUnreachable, at: 0)
        _ = log.occurred(.storeUnreachable, at: 500)
        #expect(
            log.recovered(at: 2000) == [.recovered(.storeUnreachable, count: 2, unreported: 1, lasted: 2000)])
        #expect(log.recovered(at: 2001) == [])
        #expect(log.isQuiet)
    }

    @Test("An answer of the store ends no incident that is not the store's, until it was not seen for an interval")
    func notTheStores() {
        var log = IncidentLog(interval: .seconds(60))
        _ = log.occurred(.recordUnreadable, at: 0)
        #expect(log.recovered(at: 59_999) == [])
        #expect(
            log.recovered(at: 60_000) == [.recovered(.recordUnreadable, count: 1, unreported: 0, lasted: 60_000)])
    }

    @Test("A fault that comes and goes gets one line of each sort per interval")
    func alternating() {
        var log = IncidentLog(interval: .seconds(60))
        var lines: [IncidentLog.Line] = []
        for now in 0..<60_000 as Range<Int64> {
            if let line = log.occurred(.storeOverloaded, at: now) { lines.append(line) }
            lines += log.recovered(at: now)
        }
        #expect(lines.count == 2)
        #expect(
            log.recovered(at: 60_000) == [
                .recovered(.storeOverloaded, count: 59_999, unreported: 59_999, lasted: 59_999)
            ])
    }

    @Test("Under any sequence of events every occurrence is told exactly once, in few lines")
    func nothingSilent() {
        var generator = FixedGenerator(seed: 9)
        for _ in 0..<300 {
            var log = IncidentLog(interval: .milliseconds(1000))
            var now: Int64 = 0
            var happened = 0
            var told = 0
            var lastLine: Int64?
            var lastRecovery: Int64?
            for _ in 0..<500 {
                now += Int64.random(in: 0...100, using: &generator)
                if Int.random(in: 0..<3, using: &generator) == 0 {
                    for case .recovered(_, _, let unreported, _) in log.recovered(at: now) {
                        told += unreported
                        if let lastRecovery { #expect(now - lastRecovery >= 1000) }
                        lastRecovery = now
                    }
                    #expect(told == happened || !log.isQuiet)
                } else {
                    happened += 1
                    if case .occurred(_, let count)? = log.occurred(.storeUnreachable, at: now) {
                        told += count
                        if let lastLine { #expect(now - lastLine >= 1000) }
                        lastLine = now
                    }
                }
            }
            for case .recovered(_, _, let unreported, _) in log.recovered(at: now + 1000) { told += unreported }
            #expect(told == happened)
        }
    }
}
