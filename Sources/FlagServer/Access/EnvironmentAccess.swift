internal import ControlPlane
internal import Hummingbird

/// Holders of an access token that is good for the environment of the path may.
struct EnvironmentAccess: AccessRule {
    /// What the role must allow.
    let permission: Permission
    /// Whether the token may stand in `X-API-Key`, as OpenFeature's clients have it.
    let takesAPIKey: Bool

    init(_ permission: Permission, takesAPIKey: Bool = false) {
        self.permission = permission
        self.takesAPIKey = takesAPIKey
    }

    func admit(_ request: Request, _ context: AppRequestContext, _ gate: Gate) throws(Refusal) -> EnvironmentGrant {
        let grant = try gate.grant(of: request, orAPIKey: self.takesAPIKey)
        context.notes.note(caller: grant.name)
        try grant.require(self.permission)
        let text = context.parameters.get(RouteParameter.environment) ?? ""
        return EnvironmentGrant(grant: grant, environment: try grant.environment(inPath: text))
    }
}
