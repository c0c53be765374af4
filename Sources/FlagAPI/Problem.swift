public import FlagModel

/// An error of the admin and ticket APIs (RFC 9457, `application/problem+json`).
public struct Problem: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// What kind of problem: a stable slug such as `ticket-replayed`. Programs branch on it.
    public var type: String
    /// The kind in words.
    public var title: String
    /// The HTTP status.
    public var status: Int
    /// What happened this time, and what to do about it.
    public var detail: String
    /// The path of the request, without its query.
    public var instance: String?
    /// The revision in force, when the request was made on another.
    public var currentRevision: Int64?
    /// What changed between the request's base and the revision in force.
    public var difference: ContentDifference?
    /// The faults of the request's content, each with its place.
    public var issues: [Issue]?
    /// The flags and segments that use what was to be removed.
    public var users: EnvironmentContent.Users?
    /// The invariants that the change would break.
    public var violations: [InvariantViolation]?
    /// How many seconds to wait before trying again; also in the header `Retry-After`.
    public var retryAfter: Int64?
    /// The name that was perhaps meant.
    public var suggestion: String?
    /// The pathway by which the user can connect instead of by ticket.
    public var pathway: String?
    /// When the ticket was consumed before.
    public var replayOf: Replay?
    /// The code to close the WebSocket with.
    public var closeCode: Int?
    /// The subprotocol to select when the WebSocket is accepted only to be closed.
    public var subprotocol: String?

    /// The first use of a ticket that was presented again.
    public struct Replay: Sendable, Hashable, Codable {
        /// When.
        public var at: Timestamp
        /// By which instance.
        public var by: String

        /// The first use of a ticket.
        public init(at: Timestamp, by: String) {
            self.at = at
            self.by = by
        }
    }

    /// A problem; members of its own are set afterwards.
    public init(type: String, title: String, status: Int, detail: String) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
    }

    /// `title: detail`.
    public var description: String { "\(self.title): \(self.detail)" }
}
