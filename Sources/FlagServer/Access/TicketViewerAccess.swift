internal import ControlPlane
internal import Hummingbird
internal import TicketRuntime

/// Users who present their JWT may, and so may backends with an access token: who it is decides what they get to see.
struct TicketViewerAccess: AccessRule {
    func admit(_ request: Request, _ context: AppRequestContext, _ gate: Gate) throws(Refusal) -> TicketViewer {
        // A JWT is three parts between two dots; an access token of ours has none, and one from the configuration that
        // happens to look like a JWT is found by its value.
        if let presented = Gate.bearer(of: request), presented.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2,
            gate.adminToken?.matches(String(presented)) != true
        {
            return .user(id: try UserAccess().admit(request, context, gate).subject)
        }
        _ = try TokenAccess(.validateTickets, .runtime).admit(request, context, gate)
        return .backend
    }
}
