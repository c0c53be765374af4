internal import ControlPlane
internal import FlagAPI
internal import FlagModel

// Scheduled changes in the words of the wire.

extension ScheduleDetail {
    init(_ change: ScheduledChange, _ difference: ContentDifference) {
        var grace: Int64?
        if case .skip(let seconds) = change.ifMissed { grace = seconds }
        self.init(
            id: change.id, environment: change.environment, at: change.at,
            ifMissed: grace == nil ? "run-late" : "skip", graceSeconds: grace, baseRevision: change.baseRevision,
            author: change.author, reason: change.reason, createdAt: change.createdAt, state: change.state.rawValue,
            settledAt: change.settledAt, revision: change.revision, note: change.note, difference: difference)
    }
}

extension ScheduleTerms {
    /// The terms that a request states. There is no silent default: whoever schedules a change says what happens to it when
    /// the server is down at its time.
    init(_ request: ScheduleRequest) throws(Refusal) {
        var issues: [Issue] = []
        var at: Timestamp?
        do throws(WallClockTime.Fault) {
            at = try WallClockTime.moment(request.at, in: request.timeZone)
        } catch {
            issues.append(Issue(path: "schedule.at", message: error.description))
        }
        var ifMissed: ScheduledChange.IfMissed?
        switch (request.ifMissed, request.graceSeconds) {
        case ("run-late", nil): ifMissed = .runLate
        case ("skip", let grace?): ifMissed = .skip(grace: grace)
        case ("skip", nil): issues.append(Issue(path: "schedule.graceSeconds", message: "say how late it may be made"))
        case ("run-late", _):
            issues.append(Issue(path: "schedule.graceSeconds", message: "goes with skip; run-late has no limit"))
        default: issues.append(Issue(path: "schedule.ifMissed", message: "expected run-late or skip"))
        }
        guard issues.isEmpty, let at, let ifMissed else { throw Refusal(invalid: issues) }
        self.init(at: at, ifMissed: ifMissed)
    }
}
