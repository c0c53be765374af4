public import FlagModel

extension RolloutMachine {
    /// Stands for a rollout of which the plan or the state cannot be read: nothing moves it, but it can be ended and taken
    /// back, and its flag can be killed.
    ///
    /// - Parameters:
    ///   - fault: What is wrong with it.
    ///   - isOver: Whether it had ended.
    ///   - stateJSON: Its state, as far as that is JSON.
    public init(unreadable flag: FlagKey, _ fault: String, isOver: Bool, stateJSON: JSONValue?) {
        let plan = RolloutPlan(flag: flag, steps: [RolloutStep(percentage: .full)])
        if isOver, let stateJSON, let ended = Self(plan, startsAt: nil, stateJSON: stateJSON), ended.phase.isOver {
            self = ended
            return
        }
        self.init(plan)
        self.phase = isOver ? .aborted : .paused(RolloutReason(.unreadable, fault))
        // It may have changed the flag: taking that back is possible.
        self.progress = .taken
    }

    /// What cannot be read of it; nil: nothing.
    public var fault: String? { self.phase.reason.flatMap { $0.kind == .unreadable ? $0.detail : nil } }
}
