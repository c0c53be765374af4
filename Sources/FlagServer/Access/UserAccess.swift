internal import Hummingbird

/// Users who present their JWT may.
struct UserAccess: AccessRule {
    func admit(_ request: Request, _ context: AppRequestContext, _ gate: Gate) throws(Refusal) -> UserIdentity {
        let user = try gate.user(of: request)
        context.notes.note(caller: "user")
        return user
    }
}
