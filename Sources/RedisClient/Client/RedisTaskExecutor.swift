import NIOCore
import Synchronization

/// Runs tasks on the event loop that owns the client's connections.
///
/// ```swift
/// try await withTaskExecutorPreference(client.taskExecutor) {
///     let first = try await client.send(issue)
///     let second = try await client.send(consume)
/// }
/// ```
///
/// A command sent from there needs no thread to be woken, neither to be written nor to be answered. What runs there must
/// not block, and should be brief: it shares the thread with the connections.
public final class RedisTaskExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isScheduled = false
    }

    private let eventLoop: any EventLoop
    private let state = Mutex(State())

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Takes a job that is ready to run; all that are ready run in one go.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustSchedule = self.state.withLock { state in
            state.jobs.append(job)
            return !exchange(&state.isScheduled, with: true)
        }
        if mustSchedule { self.eventLoop.execute { self.run() } }
    }

    private func run() {
        let jobs = self.state.withLock { state in exchange(&state.jobs, with: []) }
        let executor = self.asUnownedTaskExecutor()
        for job in jobs {
            job.runSynchronously(on: executor)
        }
        let isDone = self.state.withLock { state in
            state.isScheduled = !state.jobs.isEmpty
            return state.jobs.isEmpty
        }
        // What became ready meanwhile waits for the loop's next round: reads and writes come in between.
        if !isDone { self.eventLoop.execute { self.run() } }
    }
}
