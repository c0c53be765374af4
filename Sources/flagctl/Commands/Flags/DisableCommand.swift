import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl disable`.
struct DisableCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Switches a flag off: callers use their own default.")

    @OptionGroup var target: FlagArguments
    @OptionGroup var options: CommitOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        try await self.options.commit(
            [.disable(self.target.flag)], in: self.target.environment, over: self.connection, session)
    }
}
