import Synchronization

/// Sessions in the memory of one process, for tests and examples.
public final class MemorySessionStore: SessionStore {
    private let sessions: Mutex<[String: ProvenUser]>

    /// A store with these sessions, by their ids.
    public init(_ sessions: [String: ProvenUser] = [:]) {
        self.sessions = Mutex(sessions)
    }

    /// Adds or ends a session.
    public subscript(id: String) -> ProvenUser? {
        get { self.sessions.withLock { $0[id] } }
        set { self.sessions.withLock { $0[id] = newValue } }
    }

    /// The user of a session.
    public func user(ofSession id: String) async throws(TicketStoreError) -> ProvenUser? { self[id] }
}
