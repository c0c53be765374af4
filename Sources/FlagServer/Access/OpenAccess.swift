internal import Hummingbird

/// Anyone may, without saying who they are.
struct OpenAccess: AccessRule {
    func admit(_ request: Request, _ context: AppRequestContext, _ gate: Gate) throws(Refusal) {}
}
