import ArgumentParser

/// `flagctl schedule`.
struct ScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract:
            "Changes that are to be made at a time; set, enable, disable, rollout set and apply make them with --at.",
        subcommands: [ScheduleListCommand.self, ScheduleShowCommand.self, ScheduleCancelCommand.self])
}
