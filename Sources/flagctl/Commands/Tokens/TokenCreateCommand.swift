import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl token create`.
struct TokenCreateCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes an access token and shows it, once.")

    @Argument(help: ArgumentHelp("Its name, by which the audit knows its holder.", valueName: "name"))
    var name: String

    @Option(
        help: ArgumentHelp(
            "reader, backend, viewer, operator, release-manager, approver or admin.", valueName: "role"),
        completion: .list(["reader", "backend", "viewer", "operator", "release-manager", "approver", "admin"]))
    var role: String

    @Option(
        name: .customLong("environment"),
        help: ArgumentHelp("An environment that it is good for; by default all.", valueName: "name"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environments: [EnvironmentName] = []

    @Option(
        help: ArgumentHelp("How long it is good for, as 12h or 30d; by default until revoked.", valueName: "duration"),
        transform: Arguments.seconds)
    var expires: Int64?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = TokenCreateRequest(
            name: self.name, role: self.role, environments: self.environments.isEmpty ? nil : self.environments,
            expiresInSeconds: self.expires)
        let result = try await session.api(self.connection.selection).createToken(request)
        do {
            try session.show(result) { Self.text(result, session.style) }
        } catch {
            var failure = error
            failure.hint =
                "the token was made, and its only copy is lost: flagctl token revoke \(result.summary.name)"
            throw failure
        }
        if session.format == .table { session.note("The token is not shown again: keep it in a safe place.") }
    }

    private static func text(_ result: TokenCreateResult, _ style: Style) -> String {
        var facts = Facts()
        facts.add("token", result.token)
        facts.add("name", result.summary.name)
        facts.add("role", "\(result.summary.role) in \(result.summary.scope)")
        facts.add("expires", result.summary.expiresAt?.short ?? "never")
        return facts.text(style)
    }
}
