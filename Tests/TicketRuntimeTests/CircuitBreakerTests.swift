import Testing

@testable import TicketRuntime

@Suite("Circuit breaker")
struct CircuitBreakerTests {
    private static var settings: CircuitBreaker.Settings {
        var settings = CircuitBreaker.Settings()
        settings.failureThreshold = 3
        settings.initialPause = .milliseconds(100)
        settings.maximumPause = .milliseconds(350)
        settings.probeTimeout = .milliseconds(1000)
        return settings
    }

    private func opened(at now: Int64 = 0) -> CircuitBreaker {
        var breaker = CircuitBreaker(settings: Self.settings)
        for _ in 0..<3 { _ = breaker.failed(.admitted, at: now) }
        return breaker
    }

    @Test("It opens at the threshold of failures in a row, and not before")
    func opens() {
        var breaker = CircuitBreaker(settings: Self.settings)
        #expect(breaker.failed(.admitted, at: 0) == nil)
        #expect(breaker.failed(.admitted, at: 1) == nil)
        #expect(breaker.admit(at: 2) == .admitted)
        #expect(breaker.failed(.admitted, at: 2) == .opened(pause: 100))
        #expect(breaker.admit(at: 3) == .refused(retryAfter: 99))
    }

    @Test("A success between failures starts the count anew")
    func successResets() {
        var breaker = CircuitBreaker(settings: Self.settings)
        for _ in 0..<10 {
            _ = breaker.failed(.admitted, at: 0)
            _ = breaker.failed(.admitted, at: 0)
            #expect(breaker.succeeded() == nil)
        }
        #expect(breaker.isPristine)
    }

    @Test("After its pause it admits one probe, and refuses the others meanwhile")
    func oneProbe() {
        var breaker = self.opened()
        #expect(breaker.admit(at: 99) == .refused(retryAfter: 1))
        #expect(breaker.admit(at: 100) == .probe)
        #expect(breaker.admit(at: 101) == .refused(retryAfter: 100))
    }

    @Test("Each failed probe doubles the pause up to the longest")
    func doubles() {
        var breaker = self.opened()
        var now: Int64 = 100
        for pause in [200, 350, 350] as [Int64] {
            #expect(breaker.admit(at: now) == .probe)
            #expect(breaker.failed(.probe, at: now) == .opened(pause: pause))
            now += pause
        }
    }

    @Test("A probe that succeeds closes it")
    func closes() {
        var breaker = self.opened()
        #expect(breaker.admit(at: 100) == .probe)
        #expect(breaker.succeeded() == .closed)
        #expect(breaker.admit(at: 101) == .admitted)
    }

    @Test("A probe that is not heard of is given up")
    func lostProbe() {
        var breaker = self.opened()
        #expect(breaker.admit(at: 100) == .probe)
        #expect(breaker.admit(at: 1099) == .refused(retryAfter: 1))
        #expect(breaker.admit(at: 1100) == .probe)
    }

    @Test("A probe that leaves without an answer lets the next caller probe")
    func abandonedProbe() {
        var breaker = self.opened()
        #expect(breaker.admit(at: 100) == .probe)
        breaker.abandoned(.probe, at: 110)
        #expect(breaker.admit(at: 110) == .probe)
    }

    @Test("Failures of callers admitted before it opened change nothing")
    func stragglers() {
        var breaker = self.opened()
        #expect(breaker.failed(.admitted, at: 50) == nil)
        #expect(breaker.admit(at: 100) == .probe)
        #expect(breaker.failed(.admitted, at: 101) == nil)
        #expect(breaker.succeeded() == .closed)
    }

    @Test("A clock that goes back does not keep it open for longer than its pause")
    func clockGoesBack() {
        var breaker = self.opened(at: 1_000_000)
        #expect(breaker.admit(at: 0) == .refused(retryAfter: 100))
    }

    @Test("Under any sequence of events it admits at most one caller while it is not closed")
    func anySequence() {
        var generator = FixedGenerator(seed: 8)
        for _ in 0..<200 {
            var breaker = CircuitBreaker(settings: Self.settings)
            var now: Int64 = 0
            var inFlight: [CircuitBreaker.Admission] = []
            var openedAt: Int64?
            for _ in 0..<300 {
                now += Int64.random(in: 0...60, using: &generator)
                let wasClosed = breaker.isClosed
                switch Int.random(in: 0..<5, using: &generator) {
                case 0, 1:
                    let admission = breaker.admit(at: now)
                    switch admission {
                    case .admitted: #expect(wasClosed)
                    case .probe:
                        #expect(!wasClosed)
                        #expect(openedAt.map { now - $0 >= 100 } ?? true)
                    case .refused(let retryAfter):
                        #expect(!wasClosed)
                        #expect((1...350).contains(retryAfter))
                        continue
                    }
                    inFlight.append(admission)
                case 2 where !inFlight.isEmpty:
                    inFlight.removeFirst()
                    _ = breaker.succeeded()
                    #expect(breaker.isPristine)
                case 3 where !inFlight.isEmpty:
                    if case .opened(let pause)? = breaker.failed(inFlight.removeFirst(), at: now) {
                        #expect((100...350).contains(pause))
                        openedAt = now
                    }
                case 4 where !inFlight.isEmpty:
                    breaker.abandoned(inFlight.removeFirst(), at: now)
                    openedAt = nil
                default: break
                }
            }
        }
    }
}
