import ArgumentParser

/// What a change takes that is made on a revision.
struct CommitOptions: ParsableArguments {
    @OptionGroup var reason: ReasonOptions

    @Option(
        help: ArgumentHelp(
            "The revision that the change is made on; by default the one in force when the command starts.",
            valueName: "revision"))
    var base: Int64?

    @Flag(help: "When somebody else was faster, apply the change to the revision in force by then.")
    var rebase = false

    @Flag(name: [.customShort("y"), .customLong("yes")], help: "Do not ask, even in a protected environment.")
    var yes = false

    @OptionGroup var schedule: ScheduleOptions

    func validate() throws {
        guard self.schedule.at == nil || !self.reason.wait else {
            throw ValidationError("--wait goes with a change that is made at once, not with --at")
        }
    }
}
