public import FlagModel

/// An event on its way to a webhook.
public struct WebhookDeliveryDetail: Sendable, Hashable, Codable {
    /// The event's id, which is also in the header `webhook-id`.
    public var id: String
    /// The event's name.
    public var event: String
    /// waiting, delivered, failed (tried for a day) or dropped (too many waited).
    public var state: String
    /// When it happened.
    public var createdAt: Timestamp
    /// How often it was sent.
    public var attempts: Int64
    /// When it is sent next; absent: it is not.
    public var nextAttemptAt: Timestamp?
    /// When it was sent last; absent: it was not.
    public var attemptedAt: Timestamp?
    /// The HTTP status of the last answer.
    public var status: Int?
    /// Why there was no answer.
    public var failure: String?
    /// How long the last attempt took, in milliseconds.
    public var milliseconds: Int64?

    /// Creates the value of its parts.
    public init(
        id: String, event: String, state: String, createdAt: Timestamp, attempts: Int64,
        nextAttemptAt: Timestamp? = nil, attemptedAt: Timestamp? = nil, status: Int? = nil, failure: String? = nil,
        milliseconds: Int64? = nil
    ) {
        self.id = id
        self.event = event
        self.state = state
        self.createdAt = createdAt
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.attemptedAt = attemptedAt
        self.status = status
        self.failure = failure
        self.milliseconds = milliseconds
    }
}
