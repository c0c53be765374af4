import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl segment delete`.
struct SegmentDeleteCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Removes a segment that no rule names.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The segment's name.", valueName: "segment"),
        completion: .custom { words, index, _ in await Completions.segments(words, index) },
        transform: Arguments.segment)
    var segment: SegmentName

    @OptionGroup var options: CommitOptions

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let sample = try self.options.reason.givenSample(session)
        let reason = try session.reason(self.options.reason.reason)
        let api = try session.api(self.connection.selection)
        try await ChangeFlow(session, api, self.environment, self.options, sample: sample)
            .commit([.removeSegment(self.segment)], because: reason)
    }
}
