import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl enable`.
struct EnableCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Switches a flag on, and lifts a kill.")

    @OptionGroup var target: FlagArguments
    @OptionGroup var options: CommitOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        try await self.options.commit(
            [.enable(self.target.flag)], in: self.target.environment, over: self.connection, session)
    }
}
