internal import ArgumentParser
internal import TicketRuntime

/// `FlagServer development-jwt`: prints a JWT signed with the development secret.
struct DevelopmentJWTCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "development-jwt", abstract: "Prints a user's JWT signed with the development secret.",
        discussion:
            "Needs the secret that the server makes when it runs in the environment development without JWT keys.")

    @Option(help: ArgumentHelp("The user's id.", valueName: "name")) var subject: String
    @Option(help: ArgumentHelp("The user's address; by default the id at example.com.", valueName: "address"))
    var email: String?
    @Option(help: ArgumentHelp("What the user may do, separated by commas.", valueName: "names"))
    var permissions = "chat:read,chat:write"
    @OptionGroup var options: SettingOptions

    func run() throws {
        let (configuration, _) = try self.options.configuration()
        guard !configuration.jwt.hasKey else {
            throw ConfigurationError(
                Setting.jwtSecret.variable,
                "JWT keys are configured, so the server does not accept JWTs of the development secret; ask their issuer"
            )
        }
        let path = DevelopmentSecret.path(configuration)
        guard let text = try SecretFile.load(atPath: path) else {
            throw ConfigurationError(
                path,
                "there is no development secret; start the server once in the environment "
                    + "\(ServerConfiguration.developmentEnvironment) without JWT keys, and it makes one")
        }
        let development = DevelopmentSecret(secret: try JWTSecret(text), configuration)
        let token = development.token(
            subject: self.subject, email: self.email,
            permissions: self.permissions.split(separator: ",").map(String.init), now: TicketClock.system.now())
        StandardOutput.output.write(token + "\n")
    }
}
