import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl token list`.
struct TokenListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The access tokens, without their secrets.")

    @Flag(help: "Also those that were revoked or have ended.")
    var all = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection).tokens()
        let now = session.surroundings.now()
        let shown = TokenList(tokens: list.tokens.filter { self.all || $0.state(at: now) == "live" })
        try session.show(shown) {
            session.table(
                [
                    .init("NAME"), .init("ROLE"), .init("ENVIRONMENTS", .shrinks), .init("STATE"),
                    .init("CREATED", .vanishes), .init("BY", .vanishes),
                    .init("EXPIRES"),
                ],
                shown.tokens.map { token in
                    [
                        token.name, token.role, token.scope, token.state(at: now), token.createdAt.short,
                        token.createdBy, token.expiresAt?.short ?? "never",
                    ]
                })
        }
    }
}
