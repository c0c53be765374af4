internal import ControlPlane
internal import FlagModel
internal import FlagStore
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import PrometheusMetrics
internal import ServiceLifecycle
internal import TicketRuntime

extension App {
    /// Puts the server together: the one place where all parts meet. Nothing runs yet.
    ///
    /// - Parameters:
    ///   - configuration: How it runs.
    ///   - files: Reads the environments' files and the API's description.
    ///   - logger: Where failures and requests go.
    ///   - output: Where the announcement goes.
    ///   - clock: What time it is.
    ///   - metrics: Where metrics are kept.
    /// - Throws: What keeps the server from starting, with what to do about it.
    static func build(
        _ configuration: ServerConfiguration, files: any FileReading = LocalFiles(), logger: Logger,
        output: any TextOutput = StandardOutput.output, clock: TicketClock = .system,
        metrics: PrometheusFactory = PrometheusFactory(descriptions: ServerMetric.all)
    ) async throws -> Server {
        // Files are understood before anything is written.
        let declared = try EnvironmentFiles(directory: configuration.environmentsDirectory, files: files)
        let store = try FlagStore(
            FlagStoreConfiguration(
                databasePath: configuration.databasePath, migrationsDirectory: configuration.migrationsDirectory),
            onReserveRelease: {
                logger.critical(
                    "the disk is full: the space kept for kill and rollback is in use; free some, or they will fail next"
                )
            })
        do {
            return try await Self.assemble(
                configuration, declared, files: files, store: store, logger: logger, output: output, clock: clock,
                metrics: metrics)
        } catch {
            // The reason why is what the operator needs; that closing failed as well would only hide it.
            try? store.close()
            throw error
        }
    }

    private static func assemble(
        _ configuration: ServerConfiguration, _ declared: EnvironmentFiles, files: any FileReading, store: FlagStore,
        logger: Logger, output: any TextOutput, clock: TicketClock, metrics: PrometheusFactory
    ) async throws -> Server {
        if !store.hasReserve {
            logger.warning("no space could be set aside for a rollback on a full disk; free some and restart")
        }
        let plane = try await ControlPlane(storage: MeteredStorage(store, factory: metrics), now: clock.now)
        // All that can be wrong with the settings is found before environments are written.
        try declared.requireEnvironment(configuration.runtimeEnvironment, known: plane.environments.map(\.name))
        try configuration.requireKeys()
        let users = try await UserVerification(configuration, now: clock.now)
        for environment in try await declared.apply(to: plane) {
            logger.notice("environment made", metadata: [LogKey.environment: "\(environment)"])
        }
        let parts = try await ServerParts(
            configuration, plane: plane, users: users, metrics: metrics, logger: logger, clock: clock)
        let webSocketURL = WebSocketURL(configured: configuration.webSocketURL, listen: configuration.listen)
        let routes = parts.routes(webSocketURL: webSocketURL, files: files)

        let (addresses, listening) = AsyncStream.makeStream(of: ListenAddress.self)
        let announcement = Announcement(
            configuration: configuration, plane: plane, development: users.development, addresses: addresses,
            output: output, now: clock.now)
        let application = Application(
            responder: StreamResponder(router: routes.router(RequestMeters(factory: metrics)).buildResponder()),
            server: .http1(configuration: HTTP1Channel.Configuration(configuration.limits)),
            configuration: ApplicationConfiguration(configuration, logger: logger),
            services: parts.services + [announcement],
            onServerRunning: { channel in
                let address = ListenAddress(
                    host: configuration.listen.host, port: channel.localAddress?.port ?? configuration.listen.port)
                webSocketURL.listens(on: address)
                listening.yield(address)
            },
            logger: logger)
        return Server(
            application: application, store: store, plane: plane, rollouts: parts.rollouts,
            runtime: parts.tickets.runtime, declarations: routes.declarations, development: users.development)
    }
}
