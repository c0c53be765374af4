/// Where the sessions of the system that tickets replace are looked up. Read only.
public protocol SessionStore: Sendable {
    /// The user of a session; nil when there is no such session.
    ///
    /// - Parameter id: What the cookie holds, whatever it is.
    /// - Throws: ``TicketStoreError`` when the store does not answer, or what it holds cannot be read.
    func user(ofSession id: String) async throws(TicketStoreError) -> ProvenUser?
}
