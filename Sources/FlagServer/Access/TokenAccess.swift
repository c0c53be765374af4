internal import ControlPlane
internal import Hummingbird

/// Holders of an access token may, whatever environment the path names, if it names one.
struct TokenAccess: AccessRule {
    /// The environments that the token must be good for.
    enum Scope: Sendable {
        /// Any: the handler shows no more than the token is good for.
        case any
        /// The one that this server's tickets belong to.
        case runtime
        /// All: what is done or shown concerns every environment.
        case all
    }

    /// What the role must allow; nil: nothing in particular.
    let permission: Permission?
    /// The environments that the token must be good for.
    let scope: Scope

    init(_ permission: Permission?, _ scope: Scope) {
        self.permission = permission
        self.scope = scope
    }

    func admit(_ request: Request, _ context: AppRequestContext, _ gate: Gate) throws(Refusal) -> Grant {
        let grant = try gate.grant(of: request)
        context.notes.note(caller: grant.name)
        if let permission = self.permission { try grant.require(permission) }
        switch self.scope {
        case .any:
            break
        case .runtime where !grant.covers(gate.runtimeEnvironment):
            throw Refusal(
                .environmentForbidden,
                "this server's tickets belong to \(gate.runtimeEnvironment), which the token is not good for")
        case .all where grant.environments != nil:
            throw Refusal(
                .environmentForbidden,
                "this concerns every environment, and the token is good for some only; ask for one without environments"
            )
        case .runtime, .all:
            break
        }
        return grant
    }
}
