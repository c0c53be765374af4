internal import NIOCore

/// Watches the time that the requests of one connection take: a value that is told what happens and says what is
/// overdue. Requests may be pipelined; their answers come in order.
struct RequestDeadline: Sendable {
    /// What took too long.
    enum Overrun: Sendable, Hashable {
        /// The request to arrive.
        case receiving
        /// The answer to begin.
        case answering
    }

    /// What is to be done about the time.
    enum Verdict: Sendable, Hashable {
        /// Nothing is under way that could be late.
        case idle
        /// Nothing is overdue before that moment.
        case wait(until: NIODeadline)
        /// Something is overdue.
        case overdue(Overrun)
    }

    let receiveTimeout: TimeAmount
    let answerTimeout: TimeAmount

    /// Whether an answer has begun and not ended: it is too late to answer something else.
    private(set) var isAnswering = false
    /// Requests that have begun and whose answers have not ended.
    private(set) var unanswered = 0
    /// Whether a head has begun and not ended: a request that is not counted yet.
    private(set) var isReceivingHead = false
    private var receivingSince: NIODeadline?
    private var waitingSince: NIODeadline?

    init(receiveTimeout: TimeAmount, answerTimeout: TimeAmount) {
        self.receiveTimeout = receiveTimeout
        self.answerTimeout = answerTimeout
    }

    /// Bytes came in. The first of a request start its time.
    mutating func bytesArrived(at now: NIODeadline) {
        guard self.receivingSince == nil else { return }
        self.receivingSince = now
        self.isReceivingHead = true
    }

    /// A request's head has come in whole.
    mutating func headArrived(at now: NIODeadline) {
        self.unanswered += 1
        self.isReceivingHead = false
        self.receivingSince = self.receivingSince ?? now
    }

    /// Whether what is answered now would be taken for the answer to the request that is being received.
    var isNextToAnswer: Bool { !self.isAnswering && self.unanswered + (self.isReceivingHead ? 1 : 0) <= 1 }

    /// A request has come in whole.
    mutating func requestEnded(at now: NIODeadline) {
        self.receivingSince = nil
        if self.unanswered > 0, !self.isAnswering, self.waitingSince == nil { self.waitingSince = now }
    }

    /// An answer's head went out.
    mutating func answerBegan() {
        self.isAnswering = true
        self.waitingSince = nil
    }

    /// An answer has gone out whole.
    mutating func answerEnded(at now: NIODeadline) {
        self.isAnswering = false
        self.unanswered -= 1
        let isComplete = self.receivingSince == nil || self.isReceivingHead
        self.waitingSince = self.unanswered > 0 && isComplete ? now : nil
    }

    /// What is to be done at `now`.
    func verdict(at now: NIODeadline) -> Verdict {
        let limits = [
            (Overrun.receiving, self.receivingSince.map { $0 + self.receiveTimeout }),
            (Overrun.answering, self.waitingSince.map { $0 + self.answerTimeout }),
        ]
        var earliest: NIODeadline?
        for case (let overrun, let limit?) in limits {
            if limit <= now { return .overdue(overrun) }
            earliest = min(earliest ?? limit, limit)
        }
        return earliest.map { .wait(until: $0) } ?? .idle
    }
}
