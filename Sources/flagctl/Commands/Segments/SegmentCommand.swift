import ArgumentParser

/// `flagctl segment`.
struct SegmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment", abstract: "Named rules that the flags of an environment share.",
        subcommands: [
            SegmentListCommand.self, SegmentShowCommand.self, SegmentSetCommand.self, SegmentDeleteCommand.self,
        ])
}
