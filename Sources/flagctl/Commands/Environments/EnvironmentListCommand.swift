import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl env list`.
struct EnvironmentListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The environments that the token may see.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection).environments()
        try session.show(list) {
            session.table(
                [
                    .init("ENVIRONMENT"), .init("REVISION", isNumeric: true), .init("FLAGS", isNumeric: true),
                    .init("PROTECTED"), .init("DESCRIPTION", .shrinks),
                ],
                list.environments.map { environment in
                    [
                        environment.name.text, String(environment.revision), String(environment.flagCount),
                        environment.protected ? "yes" : "no", environment.description,
                    ]
                })
                + list.environments.compactMap { environment in
                    environment.frozen.map {
                        session.style.apply(
                            .yellow, "\(environment.name) is frozen until \($0.until.short) by \"\($0.by)\"\n")
                    }
                }.joined()
        }
    }
}
