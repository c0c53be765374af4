import FlagModel

/// A refusal, and whom it concerned as far as that is known, on its way to the counters.
struct RefusedAttempt: Error {
    let refusal: TicketRefusal
    let cohort: TicketCohort
    /// The owner of a ticket that the policy has revoked and the store does not know to be.
    let retracted: SubjectDigest?

    init(_ refusal: TicketRefusal, cohort: TicketCohort = .unknown, retracted: SubjectDigest? = nil) {
        self.refusal = refusal
        self.cohort = cohort
        self.retracted = retracted
    }
}
