import Configuration
import FlagClient
import FlagModel
import Logging
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Greets, and greets again whenever the flag `greeting` is changed: the smallest service with live flags.
///
/// `docs/flagclient.md` says how to run it.
@main
enum GreetingService {
    static func main() async {
        let logger = Logger(label: "greeting-service")
        do {
            try await self.run(logger)
        } catch {
            logger.critical("\(error)")
            exit(EXIT_FAILURE)
        }
    }

    private static func run(_ logger: Logger) async throws {
        let settings = ConfigReader(provider: EnvironmentVariablesProvider()).scoped(to: "flags")
        var configuration = FlagClientConfiguration(
            server: settings.string(forKey: "server", default: "http://127.0.0.1:8080"),
            environment: try EnvironmentName(
                parsing: settings.string(forKey: "environment", default: "development")),
            token: AccessToken(try settings.requiredString(forKey: "token", isSecret: true)),
            instance: InstanceIdentity(name: "greeting-service", version: "1.0"),
            cachePath: settings.string(forKey: "cache"))
        configuration.logger = logger

        let client = try FlagClient(configuration: configuration)
        // What the control plane does not say, the environment does: GREETING, LOUD.
        let config = ConfigReader(providers: [client.configProvider(), EnvironmentVariablesProvider()])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // Stopped in reverse order: the greeter keeps its flags to the end.
                services: [
                    .init(service: client),
                    .init(service: Greeter(client: client, config: config, logger: logger)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
