import ArgumentParser
import FlagAPI

/// What a change takes that is to be made at a time.
struct ScheduleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Make the change at a time, as 2026-12-01T06:00:00+01:00, or 2026-12-01T06:00 with --time-zone.",
            valueName: "time"))
    var at: String?

    @Option(help: ArgumentHelp("The time zone of --at, as Europe/Berlin or UTC.", valueName: "name"))
    var timeZone: String?

    @Option(
        help: ArgumentHelp(
            "With --at: what happens if the server is down then, or a freeze open: run-late, or skip (with --grace).",
            valueName: "policy"), completion: .list(["run-late", "skip"]))
    var ifMissed: String?

    @Option(
        help: ArgumentHelp("With --if-missed skip: how late it may be made, as 10m.", valueName: "duration"),
        transform: Arguments.seconds)
    var grace: Int64?

    func validate() throws {
        guard self.at != nil else {
            guard self.timeZone == nil, self.ifMissed == nil, self.grace == nil else {
                throw ValidationError("--time-zone, --if-missed and --grace go with --at")
            }
            return
        }
        switch (self.ifMissed, self.grace) {
        case ("run-late", nil), ("skip", _?): break
        case ("skip", nil): throw ValidationError("--if-missed skip needs --grace: how late it may be made, as 10m")
        default:
            throw ValidationError("--at needs --if-missed run-late, or --if-missed skip with --grace")
        }
    }

    /// When the change is to be made; nil: at once.
    var request: ScheduleRequest? {
        guard let at = self.at, let ifMissed = self.ifMissed else { return nil }
        return ScheduleRequest(at: at, timeZone: self.timeZone, ifMissed: ifMissed, graceSeconds: self.grace)
    }
}
