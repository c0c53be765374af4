import TestSupport
import Testing

@testable import FlagClient

@Suite("The connection's state machine")
struct ConnectionMachineTests: ConnectionMachineScenario {
    private typealias Machine = ConnectionMachine

    let start = ContinuousClock.now

    @Test("the start opens a stream from what is applied")
    func startOpens() {
        let machine = self.machine()
        #expect(machine.deadline == nil)
        #expect(machine.handle(.start, at: self.start) == [.open(1, full: false)])
        #expect(machine.connection == .connecting)
        #expect(machine.handle(.start, at: self.start) == [])
    }

    @Test("the first byte makes it streaming, and is reported once")
    func firstByte() {
        let machine = self.machine()
        _ = machine.handle(.start, at: self.start)
        #expect(machine.handle(.heard(1), at: self.after(1)) == [.connected])
        #expect(machine.handle(.heard(1), at: self.after(2)) == [])
        #expect(machine.connection == .streaming)
    }

    @Test("a stream silent for two and a half heartbeats is given up, and not a moment before")
    func silence() {
        let machine = self.streaming()
        _ = machine.handle(.heard(1), at: self.after(20))
        #expect(machine.deadline == self.after(57.5))
        #expect(machine.handle(.tick, at: self.after(57.4)) == [])
        #expect(machine.handle(.tick, at: self.after(57.5)) == [.close(1)])
        #expect(machine.connection == .backingOff)
    }

    @Test("bytes that come after too long a silence do not save a stream: they waited while the machine slept")
    func lateBytes() {
        let machine = self.streaming()
        #expect(machine.handle(.heard(1), at: self.after(37.4)) == [])
        #expect(machine.handle(.heard(1), at: self.after(3600)) == [.close(1)])
        #expect(machine.handle(.delivered(1), at: self.after(3600)) == [])
        #expect(machine.connection == .backingOff)
        #expect(machine.deadline == self.after(3600.2))
        #expect(machine.handle(.tick, at: self.after(3601)) == [.open(2, full: false)])
    }

    @Test("no head and no byte within the response timeout is a failed stream")
    func noAnswer() {
        let machine = self.streaming()
        _ = machine.handle(.broke(1, .cut), at: self.after(1))
        _ = machine.handle(.tick, at: self.after(2))
        #expect(machine.connection == .connecting)
        #expect(machine.deadline == self.after(12))
        #expect(machine.handle(.tick, at: self.after(12)) == [.close(2)])
        #expect(machine.streamFailures == 2)
    }

    @Test("waits double from the shortest to the longest while nobody listens")
    func backOff() {
        let machine = self.machine { $0.backOff = .milliseconds(100) ... .seconds(1) }
        _ = machine.handle(.start, at: self.start)
        var waits: [Duration] = []
        for id in 1...6 {
            #expect(machine.handle(.broke(id, .unreachable), at: self.start) == [])
            let until = machine.deadline ?? self.start
            waits.append(until - self.start)
            #expect(machine.handle(.tick, at: until) == [.open(id + 1, full: false)])
        }
        #expect(waits == [200, 400, 800, 1000, 1000, 1000].map { .milliseconds($0) })
        #expect(machine.streamFailures == 0, "polling would not fare better")
    }

    @Test("a stream that has lived long makes the first wait the shortest again")
    func backOffIsForgotten() {
        let machine = self.streaming()
        _ = machine.handle(.broke(1, .cut), at: self.after(1))
        _ = machine.handle(.tick, at: self.after(2))
        for moment in [2, 21, 40] as [Double] { _ = machine.handle(.heard(2), at: self.after(moment)) }
        _ = machine.handle(.broke(2, .cut), at: self.after(50))
        #expect(machine.deadline == self.after(50.2))
        #expect(machine.streamFailures == 0)
    }

    @Test("the server's retry is the shortest wait from then on, within the longest")
    func retryHint() {
        let machine = self.streaming()
        _ = machine.handle(.retry(.seconds(3)), at: self.start)
        _ = machine.handle(.broke(1, .unreachable), at: self.start)
        #expect(machine.deadline == self.after(6))
        _ = machine.handle(.retry(.seconds(3600)), at: self.start)
        _ = machine.handle(.tick, at: self.after(6))
        _ = machine.handle(.broke(2, .unreachable), at: self.after(6))
        #expect(machine.deadline == self.after(36))
    }

    @Test("a retry shorter than the service's own shortest wait changes nothing")
    func shortRetryHint() {
        let machine = self.streaming { $0.backOff = .seconds(2) ... .seconds(30) }
        _ = machine.handle(.retry(.milliseconds(250)), at: self.start)
        _ = machine.handle(.broke(1, .unreachable), at: self.start)
        #expect(machine.deadline == self.after(4))
    }

    @Test("a refusal waits for the longest, and Retry-After if that is longer, within five minutes")
    func refusal() {
        let machine = self.machine()
        _ = machine.handle(.start, at: self.start)
        _ = machine.handle(.broke(1, .refused(retryAfter: nil)), at: self.start)
        #expect(machine.deadline == self.after(30))
        _ = machine.handle(.tick, at: self.after(30))
        _ = machine.handle(.broke(2, .refused(retryAfter: .seconds(100))), at: self.after(30))
        #expect(machine.deadline == self.after(130))
        _ = machine.handle(.tick, at: self.after(130))
        _ = machine.handle(.broke(3, .refused(retryAfter: .seconds(86_400))), at: self.after(130))
        #expect(machine.deadline == self.after(430))
        #expect(machine.connection == .backingOff, "a refusal says nothing against streams")
    }

    @Test("a server that ends its stream in good order is come back to at once, within the jitter")
    func end() {
        let machine = self.streaming()
        _ = machine.handle(.heard(1), at: self.after(35))
        #expect(machine.handle(.ended(1), at: self.after(35)) == [])
        #expect(machine.deadline == self.after(35.5))
        #expect(machine.handle(.tick, at: self.after(35.5)) == [.open(2, full: false)])
    }

    @Test("a server that ends its streams again and again at once is not hammered")
    func endsAtOnce() {
        let machine = self.streaming()
        var now = self.start
        for id in 1...10 {
            _ = machine.handle(.heard(id), at: now)
            _ = machine.handle(.ended(id), at: now)
            now = machine.deadline ?? now
            _ = machine.handle(.tick, at: now)
        }
        #expect(now > self.after(60))
        #expect(machine.connection == .connecting, "streams do get through")
    }

    @Test("what does not fit is answered at once with a stream of the whole snapshot")
    func resync() {
        let machine = self.streaming()
        #expect(machine.handle(.misfit(1), at: self.after(1)) == [.close(1), .resync, .open(2, full: true)])
        #expect(machine.connection == .resyncing)
        _ = machine.handle(.heard(2), at: self.after(1))
        #expect(machine.connection == .resyncing)
        _ = machine.handle(.delivered(2), at: self.after(1))
        #expect(machine.connection == .streaming)
        #expect(!machine.needsWhole)
    }

    @Test("what does not fit twice in a row waits, and still asks for the whole snapshot")
    func resyncOnce() {
        let machine = self.streaming()
        _ = machine.handle(.misfit(1), at: self.after(1))
        _ = machine.handle(.heard(2), at: self.after(1))
        #expect(machine.handle(.misfit(2), at: self.after(1)) == [.close(2)])
        #expect(machine.connection == .backingOff)
        #expect(machine.handle(.tick, at: self.after(2)) == [.open(3, full: true)])
    }

    @Test("each of many corrupt deltas is answered at once, as the snapshot between them is good")
    func resyncEachTime() {
        let machine = self.streaming()
        for id in 1...20 {
            #expect(machine.handle(.misfit(id), at: self.after(1)).last == .open(id + 1, full: true))
            _ = machine.handle(.heard(id + 1), at: self.after(1))
            _ = machine.handle(.delivered(id + 1), at: self.after(1))
        }
    }

    @Test("a conflict is looked at twice, and then lived with")
    func conflict() {
        let machine = self.streaming()
        #expect(machine.handle(.conflict(1), at: self.after(1)) == [.close(1), .resync, .open(2, full: true)])
        _ = machine.handle(.heard(2), at: self.after(1))
        #expect(machine.handle(.conflict(2), at: self.after(1)) == [.diverged])
        #expect(machine.connection == .streaming)
    }

    @Test("the stop closes what is open, and nothing comes after")
    func stop() {
        let machine = self.polling()
        _ = machine.handle(.tick, at: self.after(30))
        #expect(machine.handle(.stop, at: self.after(30)) == [.close(3), .close(2)])
        #expect(machine.deadline == nil)
        for event: Machine.Event in [.start, .tick, .heard(3), .broke(3, .cut), .polled(2, .heard), .stop] {
            #expect(machine.handle(event, at: self.after(31)) == [])
        }
        #expect(machine.connection == .stopped)
    }

    @Test("what a stream says that was given up changes nothing")
    func lateEvents() {
        let machine = self.streaming()
        _ = machine.handle(.misfit(1), at: self.start)
        let before = machine.state
        for event: Machine.Event in [.heard(1), .delivered(1), .misfit(1), .conflict(1), .ended(1), .broke(1, .cut)] {
            #expect(machine.handle(event, at: self.after(1)) == [])
            #expect(machine.state == before)
        }
    }

    @Test(
        "whatever happens, something is under way or due, and one stream is open at most",
        arguments: 0..<300 as Range<UInt64>)
    func randomWalk(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let numbers = SplitMix64Source(seed: seed)
        let machine = HeldMachine(ConnectionMachine(timings: FlagClientTimings()) { numbers.next() })
        var now = self.start
        var streams: Set<Int> = []
        var polls: Set<Int> = []
        func perform(_ actions: [Machine.Action]) {
            for action in actions {
                switch action {
                case .open(let id, _): #expect(streams.insert(id).inserted)
                case .poll(let id, _): #expect(polls.insert(id).inserted)
                case .close(let id): #expect(streams.remove(id) != nil || polls.remove(id) != nil)
                case .connected, .resync, .diverged: break
                }
            }
            #expect(streams.count <= 1 && polls.count <= 1)
            #expect(machine.deadline != nil)
            #expect((machine.deadline ?? now) <= now + .seconds(300))
        }
        perform(machine.handle(.start, at: now))
        let failures: [ConnectionFailure] = [
            .unreachable, .cut, .silent, .unusable, .unavailable(retryAfter: .seconds(2)), .refused(retryAfter: nil),
        ]
        for _ in 0..<300 {
            now += .milliseconds(Int.random(in: 0...5000, using: &random))
            let failure = failures.randomElement(using: &random) ?? .cut
            if let id = polls.first, Bool.random(using: &random) {
                polls.remove(id)
                let outcome: Machine.PollOutcome = Bool.random(using: &random) ? .heard : .failed(failure)
                perform(machine.handle(.polled(id, outcome), at: now))
            } else if let id = streams.first, Bool.random(using: &random) {
                // A stream says nothing but that it broke before its first byte was heard.
                perform(machine.handle(.heard(id), at: now))
                guard streams.contains(id) else { continue }
                let event: Machine.Event =
                    [
                        .heard(id), .delivered(id), .delivered(id), .misfit(id), .conflict(id), .ended(id),
                        .broke(id, failure), .retry(.seconds(1)),
                    ].randomElement(using: &random) ?? .tick
                switch event {
                case .ended, .broke: streams.remove(id)
                default: break
                }
                perform(machine.handle(event, at: now))
            } else {
                perform(machine.handle(.tick, at: now))
            }
        }
        perform(machine.handle(.delivered(-1), at: now))
        _ = machine.handle(.stop, at: now)
        #expect(machine.deadline == nil)
    }
}
