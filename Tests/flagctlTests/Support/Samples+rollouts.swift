import FlagAPI
import FlagModel

extension Samples {
    static func rollout(
        _ state: RolloutState, id: Int64 = 3, step: Int64 = 2, cause: RolloutCause? = nil, flag: FlagKey = "TICKETS"
    ) -> RolloutSummary {
        RolloutSummary(
            id: id, environment: "production", flag: flag, state: state, cause: cause, step: step, steps: 2,
            percentage: 25, author: "rosa", reason: "first cohort", createdAt: at, updatedAt: at)
    }

    /// A rollout at its second step of two.
    static func rolloutDetail(
        _ state: RolloutState, cause: RolloutCause? = nil, verdict: String? = nil, waitingFor: [String] = []
    ) -> RolloutDetail {
        RolloutDetail(
            summary: rollout(state, cause: cause), plan: ["flag": "TICKETS"],
            steps: [
                RolloutStepDetail(
                    number: 1, percentage: 1, holdSeconds: 600, approval: false, guards: [], progress: .passed),
                RolloutStepDetail(
                    number: 2, percentage: 25, holdSeconds: 7200, approval: true, guards: [], progress: .inForce),
            ],
            guards: verdict.map {
                [
                    RolloutGuardDetail(
                        name: "failures", metric: "authentication-failures", verdict: $0,
                        reading: "3 of 1000 failed")
                ]
            } ?? [], waitingFor: waitingFor, baseRevision: 6, revision: 8, heldMilliseconds: 180_000,
            holdMilliseconds: 7_200_000)
    }
}
