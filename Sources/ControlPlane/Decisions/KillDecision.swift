internal import FlagModel

/// Takes a flag to its safe variant, on whatever revision is in force.
struct KillDecision {
    var environment: EnvironmentName
    var flag: FlagKey
    var request: Proposal.Request

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<CommitOutcome> {
        let head = try state.existingHead(of: self.environment)
        return try Proposal(
            environment: self.environment, head: head, settings: head.settings,
            content: try head.applying([.kill(self.flag)]), request: self.request, origin: .kill
        ).decide()
    }
}
