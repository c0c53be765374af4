internal import ControlPlane
internal import FlagModel
internal import Logging
internal import RedisClient
internal import ServiceLifecycle
internal import TicketRuntime

/// The embedded TicketRuntime with its store, and what has to run beside it.
struct TicketParts: Sendable {
    /// The runtime, under the policy of the revision in force.
    let runtime: TicketRuntime
    /// `memory` or `redis`.
    let storeName: String
    /// Keeps the policy up to date.
    let publication: RuntimePublication
    /// What runs while the server does.
    let services: [any Service]

    /// - Throws: ``ConfigurationError`` when the runtime's environment does not exist.
    init(
        _ configuration: ServerConfiguration, plane: ControlPlane, fleet: Fleet, verifier: JWTVerifier, logger: Logger,
        clock: TicketClock
    ) throws(ConfigurationError) {
        let snapshot: Snapshot
        do throws(ControlPlaneError) {
            snapshot = try plane.snapshot(of: configuration.runtimeEnvironment)
        } catch {
            throw ConfigurationError(
                Setting.runtimeEnvironment.variable,
                "\(error); or declare it in a file of \(configuration.environmentsDirectory)")
        }
        let store: any TicketStore
        var services: [any Service] = []
        if let redis = configuration.redis {
            var options = RedisTicketStore.Options()
            options.prefix = configuration.ticketPrefix
            let redisStore = RedisTicketStore(
                redis: redis, environment: configuration.runtimeEnvironment, options: options, logger: logger,
                clock: clock)
            store = redisStore
            services.append(RedisService(client: redisStore.client))
            self.storeName = "redis"
        } else {
            store = MemoryTicketStore(clock: clock)
            self.storeName = "memory"
        }
        var settings = TicketConfiguration(
            environment: configuration.runtimeEnvironment, instance: configuration.instanceID,
            allowedOrigins: configuration.allowedOrigins)
        let pathways = PathwayParts(configuration, plane: plane, verifier: verifier, logger: logger)
        settings.pathways = pathways.configuration
        services += pathways.services
        self.runtime = TicketRuntime(settings, store: store, logger: logger, clock: clock)
        self.publication = RuntimePublication(
            plane: plane, runtime: self.runtime,
            instance: EmbeddedInstance(fleet: fleet, process: configuration.instanceID))
        self.publication.obey(snapshot)
        services.append(self.publication)
        self.services = services
    }
}
