import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl segment delete`.
struct SegmentDeleteCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Removes a segment that no rule names.")

    @OptionGroup var target: SegmentArguments
    @OptionGroup var options: CommitOptions

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        try await self.options.commit(
            [.removeSegment(self.target.segment)], in: self.target.environment, over: self.connection, session)
    }
}
