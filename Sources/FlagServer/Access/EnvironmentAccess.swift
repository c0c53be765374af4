internal import ControlPlane
internal import FlagModel
internal import Hummingbird

/// Holders of an access token that is good for the environment of the path may.
struct EnvironmentAccess: AccessRule {
    /// What the role must allow.
    let permission: Permission

    init(_ permission: Permission) {
        self.permission = permission
    }

    func admit(_ request: Request, _ context: AppRequestContext, _ gate: Gate) throws(Refusal) -> EnvironmentGrant {
        let grant = try gate.grant(of: request)
        context.notes.note(caller: grant.name)
        try grant.require(self.permission)
        let text = context.parameters.get(RouteParameter.environment) ?? ""
        let environment = EnvironmentName.isValid(text) ? EnvironmentName(unchecked: text) : nil
        // A token for some environments does not learn which others there are.
        if let environments = grant.environments, !environments.contains(where: { $0 == environment }) {
            let names = environments.map(\.text).joined(separator: ", ")
            throw Refusal(.environmentForbidden, "the token is good for \(names) only")
        }
        guard let environment else {
            throw Refusal(.unknownEnvironment, "the path does not name an environment; use \(EnvironmentName.pattern)")
        }
        return EnvironmentGrant(grant: grant, environment: environment)
    }
}
