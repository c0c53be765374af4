internal import Logging
import NIOCore
import Synchronization

/// One multiplexed connection as its callers see it, from any thread.
///
/// Commands are encoded into the shared buffer by the calling thread, under a lock that is held for the copying only;
/// the first one of an event-loop tick schedules the write for all. The event loop's side is ``ConnectionDriver``.
final class Connection: Sendable {
    typealias Outcome = Result<RedisReply, RedisError>
    /// Unchecked, because the state machine resumes each waiter exactly once (its tests show that), and the check costs
    /// an allocation per command.
    typealias Waiter = UnsafeContinuation<Outcome, Never>

    let configuration: RedisConfiguration
    let lane: Int
    let eventLoop: any EventLoop
    let logger: Logger
    let machine: Mutex<ConnectionStateMachine<Waiter>>
    /// Opens when the connection is closed for good.
    let end = Gate()
    /// Nil before the start and after the end.
    let driver: NIOLoopBoundBox<ConnectionDriver?>

    init(configuration: RedisConfiguration, lane: Int, eventLoop: any EventLoop, logger: Logger) {
        self.configuration = configuration
        self.lane = lane
        self.eventLoop = eventLoop
        self.logger = logger
        self.machine = Mutex(ConnectionStateMachine(configuration: configuration, lane: lane))
        self.driver = .makeEmptyBox(eventLoop: eventLoop)
    }

    /// Connects, and keeps connected until ``shutDown()``. Does nothing if it was started or shut down before.
    func start() {
        self.eventLoop.execute {
            guard self.machine.withLock({ $0.state.start() }) else { return }
            let driver = ConnectionDriver(self)
            self.driver.value = driver
            driver.connect()
        }
    }

    /// Takes no more commands, waits for the replies that are due, and closes; ``end`` tells when.
    func shutDown() {
        self.eventLoop.execute {
            if let driver = self.driver.value {
                driver.shutDown()
            } else if case .finish(let failed) = self.machine.withLock({ $0.shutDown() }) {
                Self.resume(failed)
                self.end.open()
            }
        }
    }

    /// Sends a request and waits for its reply. Always returns within about the command deadline.
    func perform(_ request: Request, on session: RedisSession?) async -> Outcome {
        let call = CancellableCall()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { (waiter: Waiter) in
                self.submit(request, waiter: waiter, on: session, call: call)
            }
        } onCancel: {
            if let id = call.cancel() { self.cancel(id: id) }
        }
    }

    private func submit(
        _ request: Request, waiter: Waiter, on session: RedisSession?, call: borrowing CancellableCall
    ) {
        guard !call.isCancelled else {
            waiter.resume(returning: .failure(.notSent(.cancelled)))
            return
        }
        let action = self.machine.withLock { machine in
            machine.submit(request, waiter: waiter, on: session, now: self.eventLoop.now)
        }
        switch action {
        case .queued(let id):
            if !call.queued(id: id) { self.cancel(id: id) }
        case .scheduleWrite(let id):
            self.eventLoop.execute { self.driver.value?.write() }
            if !call.queued(id: id) { self.cancel(id: id) }
        case .waiting(let id):
            self.eventLoop.execute { self.driver.value?.armTimer() }
            if !call.queued(id: id) { self.cancel(id: id) }
        case .answer(let session):
            waiter.resume(returning: .success(RedisReply(value: .null, session: session)))
        case .reject(let error):
            waiter.resume(returning: .failure(error))
        }
    }

    private func cancel(id: UInt64) {
        guard let failed = self.machine.withLock({ $0.cancel(id: id) }) else { return }
        failed.waiter.resume(returning: .failure(failed.error))
    }

    static func resume(_ failed: [Failed<Waiter>]) {
        for failed in failed {
            failed.waiter.resume(returning: .failure(failed.error))
        }
    }

    static func resume(_ deliveries: [Delivery<Waiter>], on session: RedisSession) {
        for delivery in deliveries {
            delivery.waiter.resume(returning: .success(RedisReply(value: delivery.value, session: session)))
        }
    }
}
