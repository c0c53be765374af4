public import FlagModel

/// An address that is told what happens.
public struct Webhook: Sendable, Hashable {
    /// How many there may be.
    public static let mostWebhooks = 50
    /// How many events may wait for one; of more, the oldest are dropped.
    public static let mostWaiting = 1000
    /// How many deliveries that came to an end are remembered of one.
    public static let mostRemembered = 100

    /// Its number.
    public var id: Int64
    /// What it is for.
    public var grant: WebhookGrant
    /// What its deliveries are signed with.
    public var secret: WebhookSecret
    /// When it was made.
    public var createdAt: Timestamp
    /// Who made it.
    public var createdBy: String
    /// How many events were dropped because too many waited.
    public var dropped: Int64

    /// A webhook.
    public init(
        id: Int64, grant: WebhookGrant, secret: WebhookSecret, createdAt: Timestamp, createdBy: String,
        dropped: Int64 = 0
    ) {
        self.id = id
        self.grant = grant
        self.secret = secret
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.dropped = dropped
    }

    /// Its name.
    public var name: String { self.grant.name }

    /// Whether it is told of an event.
    func wants(_ notice: Notice) -> Bool {
        (self.grant.environments?.contains(notice.environment) ?? true)
            && (self.grant.events?.contains(notice.event) ?? true)
    }
}
