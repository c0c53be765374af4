public import AsyncHTTPClient
internal import FlagModel
public import ServiceLifecycle
internal import Synchronization

/// Live flags for a Swift service: pushed by the control plane, read in well under a microsecond, and there when the
/// control plane is not.
///
/// ```swift
/// let client = try FlagClient(
///     configuration: FlagClientConfiguration(
///         server: "https://flags.example.com", environment: "production", token: AccessToken(secret),
///         instance: InstanceIdentity(name: "checkout"), cachePath: "/var/lib/checkout/flags"))
/// let group = ServiceGroup(services: [client, server], gracefulShutdownSignals: [.sigterm], logger: logger)
/// try await group.run()
/// ```
///
/// and anywhere in the service:
///
/// ```swift
/// if client.bool("NEW_CHECKOUT", default: false, context: EvaluationContext(targetingKey: user.id)) { … }
/// ```
///
/// While ``run()`` runs, the client follows its environment's event stream, checks every digest, puts each revision in force
/// as a whole, tells the control plane what it has in force, and comes back after every failure. It never goes back to an
/// older revision. Nothing is started before that, and reading flags waits for nothing at any time.
public final class FlagClient: Service {
    let live: LiveState
    let engine: Engine
    private let configuration: FlagClientConfiguration
    private let given: HTTPClient?
    private let hasRun = Atomic(false)

    /// A client at rest: flags have their callers' defaults until ``run()`` has brought a snapshot.
    ///
    /// - Parameters:
    ///   - configuration: What the client has to know.
    ///   - httpClient: A client of the service's own, for the sake of its certificates, proxy or event loops. It is not shut
    ///     down. Its read timeout has to be longer than three heartbeats, and it must not follow redirects. Nil: the flag
    ///     client makes one.
    /// - Throws: ``FlagClientError/configuration(_:)``, with every fault.
    public convenience init(
        configuration: FlagClientConfiguration, httpClient: HTTPClient? = nil
    ) throws(FlagClientError) {
        try self.init(configuration, httpClient: httpClient, time: TimeSource()) { Double.random(in: 0..<1) }
    }

    /// A client that has its time and its randomness from elsewhere.
    init(
        _ configuration: FlagClientConfiguration, httpClient: HTTPClient? = nil, time: TimeSource,
        random: @escaping @Sendable () -> Double
    ) throws(FlagClientError) {
        let faults = configuration.faults
        guard faults.isEmpty else { throw .configuration(faults) }
        self.configuration = configuration
        self.given = httpClient
        self.live = LiveState(time: time)
        self.engine = Engine(configuration, live: self.live, random: random)
    }

    /// Keeps the flags up to date until the service shuts down, ``shutdown()`` is called, or the task is cancelled.
    ///
    /// Whatever the control plane does or does not do, this neither returns before that nor throws. At the end the control
    /// plane is told that the instance leaves.
    ///
    /// - Throws: ``FlagClientError/alreadyRun``.
    public func run() async throws {
        guard !self.hasRun.exchange(true, ordering: .relaxed) else { throw FlagClientError.alreadyRun }
        let http = self.given ?? ControlPlane.makeHTTPClient()
        let controlPlane = ControlPlane(
            http: http, server: ServerAddress(unchecked: self.configuration.server),
            environment: self.configuration.environment, instance: self.configuration.instance.id,
            token: self.configuration.token, timings: self.configuration.timings,
            limit: self.configuration.maximumSnapshotBytes)
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await self.engine.run(controlPlane)
            } onGracefulShutdown: {
                self.shutdown()
            }
        } onCancel: {
            self.shutdown()
        }
        if self.given == nil { try await http.shutdown() }
    }

    /// Ends ``run()``. Flags keep answering from the last snapshot.
    public func shutdown() {
        self.engine.stop()
    }

    /// Runs a client for as long as `body` takes, for programs without a service group.
    ///
    /// - Throws: ``FlagClientError/configuration(_:)``, and what `body` throws.
    public static func withClient<Value: Sendable>(
        configuration: FlagClientConfiguration, httpClient: HTTPClient? = nil,
        _ body: (FlagClient) async throws -> Value
    ) async throws -> Value {
        let client = try FlagClient(configuration: configuration, httpClient: httpClient)
        async let running: Void = client.run()
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(client))
        } catch {
            outcome = .failure(error)
        }
        client.shutdown()
        try await running
        return try outcome.get()
    }

    /// How the client is doing.
    public var status: FlagClientStatus {
        var status = self.engine.status.withLock { $0 }
        let snapshot = self.live.applied?.snapshot
        status.revision = snapshot?.revision
        status.digest = snapshot?.digest
        status.heardAgo = self.live.silence.map { .nanoseconds($0) }
        return status
    }
}
