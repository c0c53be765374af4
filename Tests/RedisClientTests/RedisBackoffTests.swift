import Testing

@testable import RedisClient

@Suite("Back-off between attempts to connect")
struct RedisBackoffTests {
    private let backoff = RedisBackoff(initial: .milliseconds(100), maximum: .seconds(2))

    @Test("the bound doubles up to the maximum")
    func doubling() {
        let bounds = (0...6).map { self.backoff.delay(failures: $0, fraction: 1) }
        #expect(bounds == [100, 200, 400, 800, 1600, 2000, 2000].map { Duration.milliseconds($0) })
    }

    @Test("the draw spreads the wait from nothing to the bound")
    func jitter() {
        #expect(self.backoff.delay(failures: 3, fraction: 0) == .zero)
        #expect(self.backoff.delay(failures: 3, fraction: 0.25) == .milliseconds(200))
    }

    @Test("thousands of failures do not overflow")
    func manyFailures() {
        #expect(self.backoff.delay(failures: .max, fraction: 1) == .seconds(2))
    }
}
