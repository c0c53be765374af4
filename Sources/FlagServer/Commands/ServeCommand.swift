internal import ArgumentParser
internal import CoreMetrics
internal import Logging
internal import NIOCore
internal import PrometheusMetrics
internal import TicketRuntime

/// `FlagServer serve`: runs the server.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Runs the server (the default).")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let (given, values) = try self.options.configuration()
        let descriptors = DescriptorLimit.raised()
        let configuration = descriptors?.limiting(given) ?? given
        LoggingSystem.bootstrap { label in
            LineLogHandler(
                label: label, level: configuration.logLevel, format: configuration.logFormat,
                now: TicketClock.system.now)
        }
        let logger = Logger(label: "signalbox")
        for (variable, suggestion) in values.suspicious {
            logger.warning("\(variable) is not a setting; did you mean \(suggestion)?")
        }
        for advice in configuration.advice { logger.warning("\(advice)") }
        if let advice = descriptors?.advice(configured: given.limits.connections) { logger.warning("\(advice)") }
        let metrics = PrometheusFactory(descriptions: ServerMetric.all) { name in
            logger.warning("there is no room for more series of metrics; of \(name) the rest is counted as one")
        }
        // What the libraries count is served as well.
        MetricsSystem.bootstrap(metrics)
        let server = try await App.build(configuration, logger: logger, metrics: metrics)
        do {
            try await server.run(shutdownTimeout: configuration.shutdownTimeout, logger: logger)
        } catch let error as IOError {
            throw ConfigurationError(listening: error, on: configuration.listen)
        } catch let error as SocketAddressError.UnknownHost {
            throw ConfigurationError(listening: error, on: configuration.listen)
        }
    }
}
