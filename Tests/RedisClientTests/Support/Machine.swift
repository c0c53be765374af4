import NIOCore

@testable import RedisClient

/// Drives a state machine whose waiters are numbers, and remembers what became of each.
final class Machine {
    enum Result: Hashable {
        case value(RedisValue)
        case error(RedisError)
    }

    var machine: ConnectionStateMachine<Int>
    var results: [Int: [Result]] = [:]
    var ids: [Int: UInt64] = [:]
    var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    var written: [UInt8] = []
    var isClosing = false
    /// What the greeting's commands were answered when they were repeated.
    var greetings: [[RedisValue]] = []
    private var buffer = ByteBuffer()
    private var nextWaiter = 0
    private var nextSession: UInt64 = 0

    init(_ configure: (inout RedisConfiguration) -> Void = { _ in }) {
        var configuration = RedisConfiguration()
        configuration.commandDeadline = .seconds(1)
        configure(&configuration)
        self.machine = ConnectionStateMachine(configuration: configuration)
    }

    /// A machine that is ready to serve.
    static func ready(_ configure: (inout RedisConfiguration) -> Void = { _ in }) -> Machine {
        let machine = Machine(configure)
        _ = machine.machine.state.start()
        machine.connect()
        return machine
    }

    var session: RedisSession? { self.machine.state.session }
    var isFinal: Bool { self.machine.state.isFinal }
    var nextDeadline: NIODeadline? { self.machine.nextDeadline }
    var commandsInFlight: Int { self.machine.commandsInFlight }

    /// From `connecting` to `ready`.
    func connect() {
        _ = self.machine.opened()
        _ = self.machine.received(
            [.simple("OK")] + (self.machine.configuration.greeting?.commands ?? []).map { _ in .simple("OK") })
        self.greet()
    }

    func greet() {
        self.nextSession += 1
        let action = self.machine.greeted(RedisSession(id: self.nextSession, epoch: "", lane: 0))
        for delivery in action?.deliveries ?? [] { self.finish(delivery.waiter, .value(delivery.value)) }
    }

    /// Submits and returns the waiter's number.
    @discardableResult
    func submit(_ request: Request = .command(RedisCommand("X")), on session: RedisSession? = nil) -> Int {
        self.nextWaiter += 1
        let waiter = self.nextWaiter
        switch self.machine.submit(request, waiter: waiter, on: session, now: self.now) {
        case .scheduleWrite(let id), .queued(let id), .waiting(let id): self.ids[waiter] = id
        case .answer: self.finish(waiter, .value(.null))
        case .reject(let error): self.finish(waiter, .error(error))
        }
        return waiter
    }

    func write(isWritable: Bool = true) {
        guard self.machine.takeWrites(now: self.now, into: &self.buffer, isWritable: isWritable) else { return }
        self.written += Array(self.buffer.readableBytesView)
        self.buffer.clear()
    }

    func reply(_ values: RedisValue...) {
        switch self.machine.received(values) {
        case .none, .greet:
            break
        case .deliver(let deliveries, _, let failed, let close, let greeting):
            if let greeting { self.greetings.append(greeting) }
            for delivery in deliveries { self.finish(delivery.waiter, .value(delivery.value)) }
            self.fail(failed)
            if close { self.isClosing = true }
        case .close(let failed):
            self.fail(failed)
            self.isClosing = true
        }
    }

    func cancel(_ waiter: Int) {
        guard let id = self.ids[waiter], let failed = self.machine.cancel(id: id) else { return }
        self.fail([failed])
    }

    func advance(_ duration: Duration) {
        self.now = self.now + TimeAmount(duration)
        let action = self.machine.timerFired(now: self.now)
        self.fail(action.failed)
        if action.close { self.isClosing = true }
    }

    /// The socket is gone. Returns the wait before the next attempt.
    @discardableResult
    func end(_ cause: String = "reset", fraction: Double = 1) -> Duration? {
        self.isClosing = false
        switch self.machine.ended(cause, fraction: fraction) {
        case .none:
            return nil
        case .finish(let failed):
            self.fail(failed)
            return nil
        case .reconnect(let delay, _, let failed):
            self.fail(failed)
            return delay
        }
    }

    func shutDown() {
        switch self.machine.shutDown() {
        case .finish(let failed), .drain(let failed), .none(let failed):
            self.fail(failed)
        case .close(let failed):
            self.fail(failed)
            self.isClosing = true
        }
    }

    func fail(_ failed: [Failed<Int>]) {
        for failed in failed { self.finish(failed.waiter, .error(failed.error)) }
    }

    private func finish(_ waiter: Int, _ result: Result) {
        self.results[waiter, default: []].append(result)
    }
}
