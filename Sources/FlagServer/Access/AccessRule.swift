internal import Hummingbird

/// Who may use a route, and what its handler gets to know of them.
protocol AccessRule: Sendable {
    /// What the handler gets to know.
    associatedtype Caller: Sendable

    /// Admits the request's sender.
    ///
    /// - Throws: ``Refusal`` with status 401 or 403.
    func admit(_ request: Request, _ context: AppRequestContext, _ gate: Gate) throws(Refusal) -> Caller
}
