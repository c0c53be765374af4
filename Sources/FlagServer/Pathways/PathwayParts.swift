internal import ControlPlane
internal import FlagModel
internal import Logging
internal import RedisClient
internal import ServiceLifecycle
internal import TicketRuntime

/// What the pathways other than tickets need, and what has to run beside them.
struct PathwayParts: Sendable {
    /// For the runtime.
    let configuration: PathwayConfiguration
    /// What runs while the server does.
    let services: [any Service]

    init(_ configuration: ServerConfiguration, plane: ControlPlane, verifier: JWTVerifier, logger: Logger) {
        var pathways = PathwayConfiguration()
        var services: [any Service] = []
        pathways.verifier = verifier
        pathways.tokenCookie = configuration.tokenCookie
        pathways.sessionCookie = configuration.sessionCookie
        if let redis = configuration.sessionRedis {
            let client = RedisClient(redis, logger: logger)
            pathways.sessions = RedisSessionStore(client: client, keyPrefix: configuration.sessionPrefix)
            services.append(RedisService(client: client))
        }
        pathways.bypass = configuration.bypassSecret.map { secret in
            let environment = configuration.runtimeEnvironment
            return EndToEndBypass(secret: secret) {
                (try? plane.head(of: environment).settings.isProtected) ?? true
            }
        }
        self.configuration = pathways
        self.services = services
    }
}
