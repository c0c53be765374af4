public import FlagModel

/// A change that is to be made at a time.
public struct ScheduledChange: Sendable, Hashable {
    /// What is to be done.
    public enum Content: Sendable, Hashable {
        /// The steps of a changeset.
        case changes([FlagChange])
        /// What a document declares; `prunes`: and nothing else.
        case document(EnvironmentDocument, prunes: Bool)
    }

    /// What happens when its time passes and it cannot be made, because the server is down or a freeze holds it back.
    public enum IfMissed: Sendable, Hashable {
        /// It is made as soon as it can be.
        case runLate
        /// It is not made when it is later than so many seconds.
        case skip(grace: Int64)
    }

    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Its time has not come, or a freeze holds it back.
        case waiting
        /// It was made, or everything was already as it asks.
        case executed
        /// It was not made; ``ScheduledChange/note`` says why.
        case refused
        /// It was too late.
        case skipped
        /// Someone called it off.
        case cancelled
    }

    /// Its number: 1, 2, 3, … over all environments.
    public var id: Int64
    /// Where it is to be made.
    public var environment: EnvironmentName
    /// When.
    public var at: Timestamp
    /// What happens when it cannot be made then.
    public var ifMissed: IfMissed
    /// What is to be done.
    public var content: Content
    /// The revision that its author saw: what it changes must not have been changed since by others.
    public var baseRevision: Int64
    /// Who scheduled it, and is the author of the revision.
    public var author: String
    /// Their access token, which must still be good for it; nil: they hold none of ours.
    public var token: Int64?
    /// Why.
    public var reason: String
    /// When it was scheduled.
    public var createdAt: Timestamp
    /// Where it stands.
    public var state: State = .waiting
    /// When it came to that; nil: it waits.
    public var settledAt: Timestamp?
    /// The revision that it made; nil: none.
    public var revision: Int64?
    /// Why it came to that, for people.
    public var note: String?

    /// A change that waits for its time.
    public init(
        id: Int64, environment: EnvironmentName, at: Timestamp, ifMissed: IfMissed, content: Content,
        baseRevision: Int64, author: String, token: Int64?, reason: String, createdAt: Timestamp
    ) {
        self.id = id
        self.environment = environment
        self.at = at
        self.ifMissed = ifMissed
        self.content = content
        self.baseRevision = baseRevision
        self.author = author
        self.token = token
        self.reason = reason
        self.createdAt = createdAt
    }

    /// The change once it came to an end.
    func settled(_ state: State, at moment: Timestamp, revision: Int64? = nil, note: String? = nil) -> Self {
        var change = self
        change.state = state
        change.settledAt = moment
        change.revision = revision
        change.note = note
        return change
    }

    /// Whether it is too late for it at a moment.
    func isMissed(at moment: Timestamp) -> Bool {
        guard case .skip(let grace) = self.ifMissed else { return false }
        return moment.milliseconds(since: self.at) > grace * 1000
    }
}
