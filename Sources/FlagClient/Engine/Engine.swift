import FlagAPI
import FlagModel
import Logging
import Synchronization

/// The client's moving part: it does what ``ConnectionMachine`` and ``ReportSchedule`` decide, and puts in force what comes.
actor Engine {
    let configuration: FlagClientConfiguration
    let live: LiveState
    let cache: SnapshotCache?
    let logger: Logger
    /// How the client is doing, for those who ask.
    let status = Mutex(FlagClientStatus())

    var machine: ConnectionMachine
    var reports: ReportSchedule
    var controlPlane: ControlPlane?
    /// The entity tag of the snapshot in force, when it came by polling.
    var etag: String?
    /// Whether streams are opened without the instance's id, as another process has taken it.
    var isAnonymous = false
    /// The streams, polls, reports and writes that are under way.
    var work: [Int: Task<Void, Never>] = [:]
    /// How many of the snapshot's lengths of silence were over when last looked at.
    var staleStage = 0
    /// When the stamp of the cache file is renewed; nil: not at all.
    var cacheDue: ContinuousClock.Instant?
    var cacheWrite = CacheWrite.idle
    /// What was last complained about, so that one cause is one line.
    var complaint: String?
    var complaints: [String: String] = [:]

    /// Names this start of the process to those who add up counts.
    let start = InstanceIdentity.randomID()
    let startedAt: ContinuousClock.Instant
    /// The counts that were reported last.
    var reportedCounts = TelemetryCounts()
    /// How often counts are reported while they change, at most.
    var telemetryInterval = Duration.seconds(1)
    /// When counts are looked at next; nil: nothing is counted yet.
    var telemetryDue: ContinuousClock.Instant?

    private var timer: Task<Void, Never>?
    private var timerDeadline: ContinuousClock.Instant?
    private var lastWork = 0
    private nonisolated let stopSignal: AsyncStream<Void>.Continuation
    private nonisolated let stopped: AsyncStream<Void>

    /// What becomes of the cache file.
    enum CacheWrite { case idle, writing, writingAndAgain }

    var time: TimeSource { self.live.time }
    private var now: ContinuousClock.Instant { self.live.time.now() }

    /// An engine at rest.
    init(_ configuration: FlagClientConfiguration, live: LiveState, random: @escaping @Sendable () -> Double) {
        var logger = configuration.logger
        logger[metadataKey: FlagClientLogKey.environment] = "\(configuration.environment)"
        logger[metadataKey: FlagClientLogKey.instance] = "\(configuration.instance.id)"
        self.configuration = configuration
        self.live = live
        self.logger = logger
        self.cache = configuration.cachePath.map { path in
            SnapshotCache(
                path: path, server: ServerAddress(unchecked: configuration.server),
                environment: configuration.environment, limit: configuration.maximumSnapshotBytes * 2,
                time: live.time)
        }
        self.machine = ConnectionMachine(timings: configuration.timings, random: random)
        self.reports = ReportSchedule(random: random)
        self.startedAt = live.time.now()
        self.telemetryDue = configuration.telemetry == nil ? nil : self.startedAt
        (self.stopped, self.stopSignal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Runs until ``stop()`` is called, or the task is cancelled.
    func run(_ controlPlane: ControlPlane) async {
        self.controlPlane = controlPlane
        await self.loadCache()
        self.handle(.start)
        for await _ in self.stopped {}
        await self.finish()
    }

    /// Ends ``run(_:)``.
    nonisolated func stop() {
        self.stopSignal.finish()
    }

    /// Takes an event of the connection, and does what it leads to.
    func handle(_ event: ConnectionMachine.Event) {
        for action in self.machine.handle(event, at: self.now) { self.perform(action) }
        self.noteConnection(after: event)
        self.arm()
    }

    private func perform(_ action: ConnectionMachine.Action) {
        switch action {
        case .open(let id, let full): self.start(id) { await self.follow(id, full: full) }
        case .poll(let id, let full): self.start(id) { await self.poll(id, full: full) }
        // It stays among the work until it has ended.
        case .close(let id): self.work[id]?.cancel()
        case .connected: self.reportNow()
        case .resync: self.status.withLock { $0.counts.resyncs += 1 }
        case .diverged: self.noteDivergence()
        }
    }

    /// Begins some work that is waited for at the end. The machine numbers its own from 1, all else is below 0.
    func start(_ id: Int? = nil, _ body: @escaping @Sendable () async -> Void) {
        self.lastWork -= 1
        let id = id ?? self.lastWork
        self.work[id] = Task {
            await body()
            self.work.removeValue(forKey: id)
        }
    }

    /// Sets the timer to the next thing that is due.
    func arm() {
        let deadlines = [
            self.machine.deadline, self.reports.deadline, self.cacheDue, self.staleDeadline, self.telemetryDue,
        ]
        guard let deadline = deadlines.compactMap({ $0 }).min() else { return }
        // A timer that fires too early is set again then: a busy stream would otherwise set it with every byte.
        if let timerDeadline = self.timerDeadline, timerDeadline <= deadline { return }
        self.timer?.cancel()
        self.timerDeadline = deadline
        self.timer = Task {
            do {
                try await self.time.sleep(deadline)
            } catch {
                return
            }
            self.timerFired(deadline)
        }
    }

    private func timerFired(_ deadline: ContinuousClock.Instant) {
        guard self.timerDeadline == deadline, !Task.isCancelled else { return }
        self.timerDeadline = nil
        if self.reports.tick(at: self.now) { self.sendReport() }
        self.checkStaleness()
        self.checkTelemetry()
        if let due = self.cacheDue, self.now >= due { self.writeCache() }
        self.handle(.tick)
    }

    private func finish() async {
        self.handle(.stop)
        self.timer?.cancel()
        for task in self.work.values { task.cancel() }
        while let task = self.work.values.first { await task.value }
        // The task may be cancelled by now, and what is left to do would be with it.
        await Task {
            await self.sayGoodbye()
            await self.writeCacheAtEnd()
        }.value
        self.live.news.end()
        self.logger.info("flag client stopped")
    }
}
