import FlagAPI
import NIOCore
import Testing

@testable import FlagServer

@Suite("When a stream writes")
struct StreamSessionTests {
    static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    static let settings = StreamSettings(
        heartbeat: .seconds(15), maximumAge: .seconds(1000), ageJitter: 0.2, writeLimit: .seconds(100),
        drainTime: .seconds(2))

    private static func session(seed: UInt64 = 1) -> StreamSession {
        var random = Numbers(state: seed)
        return StreamSession(Self.settings, at: Self.start, using: &random)
    }

    private static func after(_ seconds: Int64) -> NIODeadline { Self.start + .seconds(seconds) }

    @Test("News is written at once when nothing is under way")
    func news() {
        var session = Self.session()
        #expect(session.wake() == .pull)
    }

    @Test("However much news comes during a write, there is one look for it afterwards")
    func coalescing() {
        var session = Self.session()
        session.writeBegan(at: Self.start)
        for _ in 0..<1000 { #expect(session.wake() == .wait) }
        #expect(session.writeEnded() == .pull)
        session.writeBegan(at: Self.start)
        #expect(session.writeEnded() == .wait)
    }

    @Test("A silent stream says something every 15 s, the first time within 15 s")
    func heartbeats() {
        for seed in 0..<50 {
            var session = Self.session(seed: UInt64(seed))
            var beats: [Int64] = []
            for second in 0..<60 where session.tick(at: Self.after(Int64(second))) == .beat {
                beats.append(Int64(second))
            }
            #expect((7...15).contains(beats.first ?? 0))
            #expect(zip(beats, beats.dropFirst()).allSatisfy { $1 - $0 == 15 })
        }
    }

    @Test("No heartbeat is written behind something that the client has not read")
    func blockedHeartbeat() {
        var session = Self.session()
        session.writeBegan(at: Self.start)
        #expect(session.tick(at: Self.after(60)) == .wait)
    }

    @Test("A stream ends at its maximum age, give or take a fifth, and streams differ")
    func maximumAge() {
        var ages: Set<Int64> = []
        for seed in 0..<100 {
            var session = Self.session(seed: UInt64(seed))
            let age = (0..<2000).first { session.tick(at: Self.after($0)) == .sayEnd(.maximumAge) }
            ages.insert(age ?? 0)
        }
        #expect(ages.allSatisfy { (800...1201).contains($0) })
        #expect(ages.count > 50)
    }

    @Test("The end is said when what is under way was read, and then the answer ends")
    func endAfterWrite() {
        var session = Self.session()
        session.writeBegan(at: Self.start)
        #expect(session.end(.shutdown, at: Self.start) == .wait)
        #expect(session.wake() == .wait)
        #expect(session.writeEnded() == .sayEnd(.shutdown))
        session.lastWriteBegan(at: Self.start)
        #expect(session.end(.maximumAge, at: Self.start) == .wait)
        #expect(session.writeEnded() == .finish)
    }

    @Test("A client that does not read is cut when the stream is to end")
    func cutAtEnd() {
        var session = Self.session()
        session.writeBegan(at: Self.start)
        #expect(session.end(.shutdown, at: Self.start) == .wait)
        #expect(session.tick(at: Self.after(1)) == .wait)
        #expect(session.tick(at: Self.after(2)) == .cut)
    }

    @Test("A client that does not read the last event is cut as well")
    func cutAtLast() {
        var session = Self.session()
        #expect(session.end(.shutdown, at: Self.start) == .sayEnd(.shutdown))
        session.lastWriteBegan(at: Self.start)
        #expect(session.tick(at: Self.after(2)) == .cut)
    }

    @Test("A client that reads nothing for the write limit is given up, and not before")
    func writeLimit() {
        var session = Self.session()
        session.writeBegan(at: Self.start)
        #expect(session.tick(at: Self.after(99)) == .wait)
        #expect(session.tick(at: Self.after(100)) == .cut)
    }
}

/// Random numbers that are always the same (SplitMix64).
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var z = self.state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
