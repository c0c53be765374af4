/// A refusal, and whom it concerned as far as that is known, on its way to the counters.
struct RefusedAttempt: Error {
    let refusal: TicketRefusal
    let cohort: TicketCohort

    init(_ refusal: TicketRefusal, cohort: TicketCohort = .unknown) {
        self.refusal = refusal
        self.cohort = cohort
    }
}
