import FlagModel
import Synchronization

/// What is in force now: written by the client's engine, read by everyone.
final class LiveState: Sendable {
    /// How far a client is from answering with what the control plane says.
    struct Readiness: Sendable, Hashable {
        /// Whether the control plane has said, since the start, that what is in force is the newest.
        var isConfirmed = false
        /// Whether an attempt to reach it has failed.
        var hasFailed = false
    }

    let time: TimeSource
    /// Who waits for news.
    let news = NewsBoard()
    /// The counters of the service's own.
    let counters = CounterBoard()
    private let origin: ContinuousClock.Instant
    private let current = Mutex<AppliedSnapshot?>(nil)
    private let heardAt = Atomic<Int64>(.min)
    private let ready = Mutex(Readiness())

    /// A state without a snapshot.
    init(time: TimeSource) {
        self.time = time
        self.origin = time.now()
    }

    /// What is in force. The lock is held for as long as it takes to retain one object.
    var applied: AppliedSnapshot? { self.current.withLock { $0 } }

    /// How far the client is from answering.
    var readiness: Readiness { self.ready.withLock { $0 } }

    /// For how many nanoseconds nothing was heard of the control plane; nil: nothing has been heard ever.
    var silence: Int64? {
        let heardAt = self.heardAt.load(ordering: .relaxed)
        guard heardAt != .min else { return nil }
        return max(0, (self.time.now() - self.origin).nanoseconds - heardAt)
    }

    /// Puts a snapshot in force.
    ///
    /// - Parameter isConfirmed: Whether the control plane said just now that it is the newest. Whoever waits learns of both at
    ///   once, and does not take it for one of the cache.
    func apply(_ applied: AppliedSnapshot, isConfirmed: Bool = false) {
        self.current.withLock { $0 = applied }
        if isConfirmed { self.ready.withLock { $0.isConfirmed = true } }
        self.news.post()
    }

    /// Notes that the control plane was heard.
    ///
    /// - Parameter age: How long ago. What is known to be later is kept.
    func heard(ago age: Duration = .zero) {
        let moment = (self.time.now() - self.origin - age).nanoseconds
        self.heardAt.max(moment, ordering: .relaxed)
    }

    /// Changes the readiness, and tells those who wait for it.
    func note(_ change: (inout Readiness) -> Void) {
        let changed = self.ready.withLock { readiness in
            let before = readiness
            change(&readiness)
            return readiness != before
        }
        if changed { self.news.post() }
    }
}
