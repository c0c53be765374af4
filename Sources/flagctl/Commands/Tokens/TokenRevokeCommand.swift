import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl token revoke`.
struct TokenRevokeCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Ends an access token.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let token = try await session.api(self.connection.selection).revokeToken(self.name)
        try session.show(token) { "\(token.name) (\(token.role)) is revoked\n" }
    }
}
