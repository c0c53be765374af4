import NIOCore

/// One connection as a pure value: every event returns what is to be done, and nothing is done here.
///
/// Where the connection is in its life is ``ConnectionState``; what waits for a reply is ``CommandQueue``; this type
/// joins the two. It is generic over what waits, so that tests drive it with plain numbers instead of tasks.
struct ConnectionStateMachine<Waiter: Sendable>: ~Copyable {
    /// A command that came while no connection was ready.
    struct Waiting {
        let id: UInt64
        let request: Request
        let waiter: Waiter
        let deadline: NIODeadline
    }

    let configuration: RedisConfiguration
    let lane: Int
    var state: ConnectionState = .idle
    var queue = CommandQueue<Waiter>()
    var waiting = CircularBuffer<Waiting>()
    var lastID: UInt64 = 0
    /// Attempts that failed since the last connection; above zero, commands are refused at once.
    var failures = 0
    var lastFailure: RedisFailure?
    var isWriteScheduled = false
    /// When a connection that let a deadline pass is given up, unless something arrives before.
    var stallDeadline: NIODeadline?

    init(configuration: RedisConfiguration, lane: Int = 0) {
        self.configuration = configuration
        self.lane = lane
    }

    /// When ``timerFired(now:)`` has to be called next, or nil.
    var nextDeadline: NIODeadline? {
        [self.queue.nextDeadline, self.stallDeadline, self.waiting.first?.deadline].compactMap(\.self).min()
    }

    /// How many commands wait for a connection or a reply.
    var commandsInFlight: Int {
        self.queue.replyCount + self.waiting.count
    }
}
