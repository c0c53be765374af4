internal import ControlPlane
internal import FlagModel
internal import Hummingbird

/// Holders of an access token may, in the environment that the path names or, as an OFREP client knows one URL and one
/// token only, in the one that the token is good for.
struct OFREPAccess: AccessRule {
    func admit(_ request: Request, _ context: AppRequestContext, _ gate: Gate) throws(Refusal) -> EnvironmentGrant {
        let grant = try gate.grant(of: request, orAPIKey: true)
        context.notes.note(caller: grant.name)
        try grant.require(.evaluate)
        if let text = context.parameters.get(RouteParameter.environment) {
            return EnvironmentGrant(grant: grant, environment: try grant.environment(inPath: text))
        }
        let environments = grant.environments ?? gate.plane.environments.map(\.name)
        guard grant.environments?.count == 1, let environment = environments.first else {
            let names = environments.map(\.text).joined(separator: ", ")
            throw Refusal(
                .unknownEnvironment,
                "the token is good for several environments (\(names)): use one that is good for one only, or add "
                    + "/environments/NAME to the base URL that the client is configured with")
        }
        return EnvironmentGrant(grant: grant, environment: environment)
    }
}
