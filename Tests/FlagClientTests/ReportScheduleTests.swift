import Testing

@testable import FlagClient

@Suite("The reports' schedule")
struct ReportScheduleTests {
    private let start = ContinuousClock.now
    private var schedule = ReportSchedule { 1 }
    /// Whether the last call wanted a report to be sent.
    private var sent = false

    @Test("what is to be said is said at once")
    mutating func atOnce() {
        #expect(self.schedule.deadline == nil)
        self.sent = self.schedule.request()
        #expect(self.sent)
    }

    @Test("while one report is on its way, any number of changes make one more")
    mutating func latestWins() {
        _ = self.schedule.request()
        for _ in 0..<5 {
            self.sent = self.schedule.request()
            #expect(!self.sent)
        }
        self.sent = self.schedule.answered(reportWithin: .seconds(30), at: self.start)
        #expect(self.sent)
        self.sent = self.schedule.answered(reportWithin: .seconds(30), at: self.start)
        #expect(!self.sent)
    }

    @Test("between changes a report goes out at a third of what the server allows")
    mutating func rhythm() {
        _ = self.schedule.request()
        self.sent = self.schedule.answered(reportWithin: .seconds(30), at: self.start)
        #expect(!self.sent)
        #expect(self.schedule.deadline == self.start + .seconds(10))
        self.sent = self.schedule.tick(at: self.start + .seconds(9))
        #expect(!self.sent)
        self.sent = self.schedule.tick(at: self.start + .seconds(10))
        #expect(self.sent)
    }

    @Test("a report that failed is repeated with longer and longer waits, up to the rhythm")
    mutating func failures() {
        _ = self.schedule.request()
        var waits: [Duration] = []
        for _ in 0..<9 {
            self.sent = self.schedule.failed(isFinal: false, at: self.start)
            #expect(!self.sent)
            let deadline = self.schedule.deadline ?? self.start
            waits.append(deadline - self.start)
            self.sent = self.schedule.tick(at: deadline)
            #expect(self.sent)
        }
        #expect(waits == [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000].map { .milliseconds($0) })
    }

    @Test("a report that was refused is repeated in the rhythm")
    mutating func refusal() {
        _ = self.schedule.request()
        self.sent = self.schedule.failed(isFinal: true, at: self.start)
        #expect(!self.sent)
        #expect(self.schedule.deadline == self.start + .seconds(10))
    }

    @Test("a change does not wait for a failure's pause, but one that was overtaken does")
    mutating func changeAfterFailure() {
        _ = self.schedule.request()
        _ = self.schedule.request()
        self.sent = self.schedule.failed(isFinal: false, at: self.start)
        #expect(!self.sent)
        self.sent = self.schedule.request()
        #expect(self.sent)
    }

    @Test("a server that allows no silence at all is not flooded")
    mutating func floor() {
        _ = self.schedule.request()
        _ = self.schedule.answered(reportWithin: .zero, at: self.start)
        #expect(self.schedule.deadline == self.start + .milliseconds(100))
    }
}
