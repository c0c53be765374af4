import ArgumentParser

/// How long a command stays with a rollout.
struct RolloutWatchOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Stay until the rollout is over, and end as it does.")
    var watch = false

    @Option(
        help: ArgumentHelp(
            """
            Stay until it stands still (paused), its step is everywhere and all guards pass (healthy), or it is through \
            (completed).
            """,
            valueName: "goal"))
    var until: RolloutGoal?

    @Option(
        help: ArgumentHelp("Stay no longer than this, as 10m; then end with code 6.", valueName: "duration"),
        transform: Arguments.seconds)
    var within: Int64?

    func validate() throws {
        guard self.within == nil || self.isOn else { throw ValidationError("--within goes with -w or --until") }
    }

    /// Whether the command stays.
    var isOn: Bool { self.watch || self.until != nil }
}
