internal import Synchronization

/// What is found out about a request on its way and belongs into the access log: a box that middleware further out can
/// look into.
final class RequestNotes: Sendable {
    /// What is noted.
    struct Content: Sendable {
        /// Who asked: an access token's name, or `user`.
        var caller: String?
        /// The slug of the problem that was answered.
        var problem: String?
    }

    private let storage = Mutex(Content())

    /// What was noted.
    var content: Content { self.storage.withLock { $0 } }

    /// Notes who asked.
    func note(caller: String) {
        self.storage.withLock { $0.caller = caller }
    }

    /// Notes what was answered.
    func note(problem: String) {
        self.storage.withLock { $0.problem = problem }
    }
}
