import Configuration
import FlagClient
import Hummingbird
import Logging
import ServiceLifecycle
import TicketRuntime
import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Issues and consumes WebSocket tickets as FlagServer does, in a process of its own that FlagClient tells the flags.
///
/// `docs/tickets.md` says how to run it.
@main
enum TicketService {
    static func main() async {
        let logger = Logger(label: "ticket-service")
        do {
            try await self.run(logger)
        } catch is CancellationError {
            logger.info("stopped before there were flags")
        } catch {
            logger.critical("\(error)")
            exit(EXIT_FAILURE)
        }
    }

    private static func run(_ logger: Logger) async throws {
        let settings = try TicketSettings(ConfigReader(provider: EnvironmentVariablesProvider()))
        var services: [any Service] = []
        let store: any TicketStore
        if let redis = settings.redis {
            let redisStore = RedisTicketStore(redis: redis, environment: settings.flags.environment, logger: logger)
            services.append(RedisService(store: redisStore))
            store = redisStore
        } else {
            store = MemoryTicketStore()
        }
        let runtime = TicketRuntime(
            TicketConfiguration(
                environment: settings.flags.environment, instance: settings.flags.instance.id,
                allowedOrigins: settings.allowedOrigins),
            store: store, logger: logger)

        var flags = settings.flags
        flags.logger = logger
        // The whole connection between the two. What `flagctl … --wait` reports to be in force here, tickets obey.
        flags.onSnapshot = { snapshot, stale in runtime.apply(snapshot, stale: stale) }
        // And what tickets count, the guards of rollouts are told.
        flags.telemetry = { runtime.counts }
        let client = try FlagClient(configuration: flags)

        var application = Application(
            router: TicketRoutes(runtime: runtime, webSocketURL: settings.webSocketURL).router,
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(settings.host, port: settings.port)),
            // Stopped in reverse order, after the HTTP server: the last request still has its flags and its store.
            services: [client] + services,
            onServerRunning: { channel in
                Self.announce("http://\(settings.host):\(channel.localAddress?.port ?? settings.port)")
            },
            logger: logger)
        // From the control plane or from the cache: without flags nobody knows which tickets were revoked.
        application.beforeServerStarts {
            _ = try await cancelWhenGracefulShutdown { try await client.waitUntilReady(timeout: settings.patience) }
        }

        var group = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(10)
        try await ServiceGroup(configuration: group).run()
    }

    private static func announce(_ address: String) {
        var line = "TicketService listening on \(address)\n"
        line.withUTF8 { bytes in
            // Who cannot be told does not listen.
            _ = write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
