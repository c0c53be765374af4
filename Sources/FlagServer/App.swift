internal import ArgumentParser
internal import FlagAPI

/// The control plane's server.
@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "FlagServer",
        abstract: "Signalbox: feature flags and live configuration that can be taken back.",
        discussion: "Secrets are set by environment variables or files, never by flags; README lists them all.",
        version: Version.current,
        subcommands: [ServeCommand.self, ConfigCommand.self, DevelopmentJWTCommand.self],
        defaultSubcommand: ServeCommand.self)
}
