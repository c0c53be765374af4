import NIOCore
import Testing

@testable import FlagServer

@Suite("Requests that take too long are noticed, and only those")
struct RequestDeadlineTests {
    static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    static func at(_ seconds: Int64) -> NIODeadline { Self.start + .seconds(seconds) }

    static func fresh() -> RequestDeadline {
        RequestDeadline(receiveTimeout: .seconds(20), answerTimeout: .seconds(30))
    }

    @Test("A connection without a request is idle for ever")
    func startsIdle() {
        #expect(Self.fresh().verdict(at: Self.at(1_000_000)) == .idle)
    }

    @Test("A request has to arrive in time")
    func timesReceiving() {
        var deadline = Self.fresh()
        deadline.headArrived(at: Self.at(0))
        #expect(deadline.verdict(at: Self.at(19)) == .wait(until: Self.at(20)))
        #expect(deadline.verdict(at: Self.at(20)) == .overdue(.receiving))
    }

    @Test("A head's time begins with its first byte and goes on for the body")
    func timesHeads() {
        var deadline = Self.fresh()
        deadline.bytesArrived(at: Self.at(0))
        deadline.bytesArrived(at: Self.at(15))
        #expect(deadline.verdict(at: Self.at(19)) == .wait(until: Self.at(20)))
        #expect(deadline.isNextToAnswer)
        deadline.headArrived(at: Self.at(19))
        #expect(deadline.verdict(at: Self.at(20)) == .overdue(.receiving))
    }

    @Test("A head that begins while an earlier request waits neither takes its answer nor its time")
    func timesHeadBehindWaiting() {
        var deadline = Self.fresh()
        for _ in 0..<2 {
            deadline.headArrived(at: Self.at(0))
            deadline.requestEnded(at: Self.at(0))
        }
        deadline.bytesArrived(at: Self.at(25))
        #expect(!deadline.isNextToAnswer)
        deadline.answerBegan()
        deadline.answerEnded(at: Self.at(26))
        deadline.headArrived(at: Self.at(27))
        deadline.requestEnded(at: Self.at(27))
        #expect(deadline.verdict(at: Self.at(28)) == .wait(until: Self.at(56)))
    }

    @Test("An answer has to begin in time, counted from the request's end")
    func timesAnswering() {
        var deadline = Self.fresh()
        deadline.headArrived(at: Self.at(0))
        deadline.requestEnded(at: Self.at(10))
        #expect(deadline.verdict(at: Self.at(39)) == .wait(until: Self.at(40)))
        #expect(deadline.verdict(at: Self.at(40)) == .overdue(.answering))
    }

    @Test("An answer that has begun may take as long as it likes: it may be a stream")
    func leavesStreamsAlone() {
        var deadline = Self.fresh()
        deadline.headArrived(at: Self.at(0))
        deadline.requestEnded(at: Self.at(1))
        deadline.answerBegan()
        #expect(deadline.verdict(at: Self.at(100_000)) == .idle)
        deadline.answerEnded(at: Self.at(100_001))
        #expect(deadline.verdict(at: Self.at(200_000)) == .idle)
    }

    @Test("Pipelined requests are timed one after the other")
    func timesPipelined() {
        var deadline = Self.fresh()
        for _ in 0..<2 {
            deadline.headArrived(at: Self.at(0))
            deadline.requestEnded(at: Self.at(0))
        }
        deadline.answerBegan()
        #expect(deadline.verdict(at: Self.at(100)) == .idle)
        deadline.answerEnded(at: Self.at(100))
        #expect(deadline.unanswered == 1)
        #expect(deadline.verdict(at: Self.at(101)) == .wait(until: Self.at(130)))
        #expect(deadline.verdict(at: Self.at(130)) == .overdue(.answering))
    }

    @Test("A request that was answered before it arrived whole must still end in time")
    func timesRefusedBodies() {
        var deadline = Self.fresh()
        deadline.headArrived(at: Self.at(0))
        deadline.answerBegan()
        deadline.answerEnded(at: Self.at(1))
        #expect(deadline.unanswered == 0)
        #expect(deadline.verdict(at: Self.at(20)) == .overdue(.receiving))
        deadline.requestEnded(at: Self.at(20))
        #expect(deadline.verdict(at: Self.at(100)) == .idle)
    }
}
