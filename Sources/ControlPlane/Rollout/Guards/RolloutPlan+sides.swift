internal import FlagModel

extension RolloutPlan {
    /// Where an attempt belongs when guards compare.
    enum Side: Sendable, Hashable {
        /// To those whom the rollout concerns.
        case concerned
        /// To those whom they are compared with.
        case rest
        /// To nobody that is compared: it is not known whose it was, or a rule chose the user and not the rollout.
        case neither
    }

    /// Whether the share falls.
    var falls: Bool { self.steps[self.lastStep].percentage < self.steps[0].percentage || self.endsAtNone }

    /// Where an attempt of a cohort belongs. At the step that takes in everyone there is no rest: who is left over there are
    /// the last attempts from before the step, and whom a rule keeps out.
    func side(of cohort: Cohort, at step: Int) -> Side {
        let takesEveryone = self.steps[step].percentage == (self.falls ? Percentage.zero : .full)
        switch cohort {
        case .unknown, .targeted: return .neither
        case .rollout, .everyone: return self.falls ? (takesEveryone ? .neither : .rest) : .concerned
        case .control: return self.falls ? .concerned : (takesEveryone ? .neither : .rest)
        }
    }

    /// A cohort that belongs to those who can have tickets: those concerned, or where the share falls the rest.
    var ticketHolders: Cohort { .rollout }

    private var endsAtNone: Bool { self.steps[self.lastStep].percentage == .zero }
}
