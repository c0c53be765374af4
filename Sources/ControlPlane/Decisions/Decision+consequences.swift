internal import FlagModel

extension Decision {
    /// Adds what follows from the writes, whoever decided them: the review items that a kill or a way back opens, and what
    /// webhooks are told of it all.
    ///
    /// - Returns: The review items opened.
    @discardableResult
    mutating func addConsequences(on state: any StoredState) throws(ControlPlaneError) -> [Review] {
        guard !self.writes.isEmpty else { return [] }
        let reviews = try ReviewOpening(writes: self.writes).reviews(on: state)
        self.writes += reviews.flatMap { [.review($0), .audit($0.openingAudit)] }
        self.writes += try WebhookOutbox(notices: NoticeReading(writes: self.writes).notices).writes(on: state)
        return reviews
    }
}
