import Testing

@testable import FlagClient

@Suite("The connection's state machine where streams do not get through")
struct ConnectionMachinePollingTests: ConnectionMachineScenario {
    let start = ContinuousClock.now

    @Test("three streams in a row that break early mean polling, at once")
    func fallsBack() {
        let machine = self.streaming()
        var now = self.start
        for id in 1...2 {
            _ = machine.handle(.broke(id, .cut), at: now)
            now = machine.deadline ?? now
            _ = machine.handle(.tick, at: now)
            _ = machine.handle(.heard(id + 1), at: now)
        }
        #expect(machine.handle(.broke(3, .cut), at: now) == [.poll(4, full: false)])
        #expect(machine.connection == .polling)
    }

    @Test("until there is a first snapshot, one failed stream is enough to poll")
    func fallsBackAtOnce() {
        let machine = self.machine()
        _ = machine.handle(.start, at: self.start)
        #expect(machine.handle(.tick, at: self.after(10)) == [.close(1), .poll(2, full: false)])
    }

    @Test("polls follow one another at the interval, never two at a time")
    func polls() {
        let machine = self.polling()
        #expect(machine.handle(.tick, at: self.after(11)) == [])
        #expect(machine.handle(.polled(2, .heard), at: self.after(11)) == [.connected])
        #expect(machine.handle(.polled(2, .heard), at: self.after(11)) == [], "it is done already")
        _ = machine.handle(.tick, at: self.after(20))
        #expect(machine.handle(.tick, at: self.after(21)).contains(.poll(4, full: false)))
    }

    @Test("while polling, a stream is tried now and then, more and more rarely")
    func trials() {
        let machine = self.polling { $0.streamTrialInterval = .seconds(5) ... .seconds(40) }
        _ = machine.handle(.polled(2, .heard), at: self.after(10))
        var trials: [ContinuousClock.Instant] = []
        var now = self.after(10)
        while trials.count < 5 {
            now = machine.deadline ?? now
            for action in machine.handle(.tick, at: now) {
                switch action {
                case .open(let id, _):
                    trials.append(now)
                    _ = machine.handle(.broke(id, .cut), at: now)
                case .poll(let id, _): _ = machine.handle(.polled(id, .heard), at: now)
                default: break
                }
            }
        }
        #expect(zip(trials.dropFirst(), trials).map { $0 - $1 } == [20, 40, 40, 40].map { .seconds($0) })
    }

    @Test("polling goes on while a stream is tried, and ends with the stream's first byte")
    func trialSucceeds() {
        let machine = self.polling()
        _ = machine.handle(.polled(2, .heard), at: self.after(10))
        #expect(machine.handle(.tick, at: self.after(20)) == [.poll(3, full: false), .open(4, full: false)])
        #expect(machine.handle(.heard(4), at: self.after(20)) == [.close(3), .connected])
        #expect(machine.connection == .streaming)
        #expect(machine.handle(.polled(3, .heard), at: self.after(20)) == [], "it was given up")
    }

    @Test("a stream that breaks early again leads back to polling without three more")
    func probation() {
        let machine = self.polling()
        _ = machine.handle(.polled(2, .heard), at: self.after(10))
        _ = machine.handle(.tick, at: self.after(20))
        _ = machine.handle(.polled(3, .heard), at: self.after(20))
        _ = machine.handle(.heard(4), at: self.after(20))
        #expect(machine.handle(.broke(4, .cut), at: self.after(25)) == [.poll(5, full: false)])
    }

    @Test("a stream that was tried and proves good ends the suspicion")
    func probationEnds() {
        let machine = self.polling()
        _ = machine.handle(.polled(2, .heard), at: self.after(10))
        _ = machine.handle(.tick, at: self.after(20))
        for moment in [20, 40, 60] as [Double] { _ = machine.handle(.heard(4), at: self.after(moment)) }
        _ = machine.handle(.broke(4, .cut), at: self.after(61))
        #expect(machine.connection == .backingOff)
    }

    @Test("a control plane that is back after polls had failed is tried for a stream at once")
    func returns() {
        let machine = self.polling()
        _ = machine.handle(.polled(2, .failed(.unreachable)), at: self.after(10))
        let next = machine.deadline ?? self.start
        #expect(next < self.after(11))
        #expect(machine.handle(.tick, at: next) == [.poll(3, full: false)])
        #expect(
            machine.handle(.polled(3, .heard), at: self.after(11)) == [.connected, .open(4, full: false)])
    }

    @Test("a poll after a misfit fetches the whole snapshot")
    func pollsWhole() {
        let machine = self.machine { $0.streamFailuresBeforePolling = 1 }
        _ = machine.handle(.start, at: self.start)
        _ = machine.handle(.heard(1), at: self.start)
        _ = machine.handle(.misfit(1), at: self.start)
        _ = machine.handle(.heard(2), at: self.start)
        #expect(machine.handle(.misfit(2), at: self.start) == [.close(2), .poll(3, full: true)])
        _ = machine.handle(.polled(3, .heard), at: self.start)
        #expect(!machine.needsWhole)
    }
}
