internal import FlagModel

/// Calls a scheduled change off.
struct ScheduleCancellation {
    var id: Int64
    var environment: EnvironmentName
    var author: Author
    var reason: Reason
    var at: Timestamp

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<ScheduledChange> {
        let record = try state.existingSchedule(self.id, in: self.environment)
        guard record.state == .waiting else { throw .scheduleRefused(self.id, record.state) }
        let settled = record.settled(.cancelled, at: self.at, note: "by \(self.author.name): \(self.reason.text)")
        return Decision(
            settled,
            writes: [
                .schedule(settled), .audit(settled.audit("schedules.cancel", by: self.author.name, at: self.at)),
            ])
    }
}
