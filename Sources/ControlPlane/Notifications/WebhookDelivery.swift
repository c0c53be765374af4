public import FlagModel

/// An event on its way to one webhook.
public struct WebhookDelivery: Sendable, Hashable {
    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It was not taken yet.
        case waiting
        /// It was taken.
        case delivered
        /// It was tried for too long.
        case failed
        /// Too many waited.
        case dropped
    }

    /// For how long an event is tried, in milliseconds: a day.
    public static let longestTry: Int64 = 86_400_000

    /// Its number, which gives the order in which a webhook is told.
    public var id: Int64
    /// The webhook.
    public var webhook: Int64
    /// The event's id: the same at every attempt, and for every webhook that is told of it.
    public var eventID: String
    /// The event's name: ``WebhookEvent``.
    public var event: String
    /// What is sent.
    public var body: String
    /// When it happened.
    public var createdAt: Timestamp
    /// Where it stands.
    public var state: State = .waiting
    /// How often it was tried.
    public var attempts: Int64 = 0
    /// When to try next, while it waits.
    public var nextAttemptAt: Timestamp
    /// The last attempt; nil: there was none.
    public var lastAttempt: WebhookAttempt?

    /// A delivery that was not tried yet.
    public init(
        id: Int64, webhook: Int64, eventID: String, event: String, body: String, createdAt: Timestamp
    ) {
        self.id = id
        self.webhook = webhook
        self.eventID = eventID
        self.event = event
        self.body = body
        self.createdAt = createdAt
        self.nextAttemptAt = createdAt
    }

    /// The delivery after an attempt.
    ///
    /// The pause before the next one doubles from a second to an hour, and is up to a half shorter, as chance will have it,
    /// so that many who failed together do not come back together.
    ///
    /// - Parameter jitter: Drawn evenly from 0 to 1.
    func after(_ attempt: WebhookAttempt, jitter: Double) -> Self {
        var delivery = self
        delivery.attempts += 1
        delivery.lastAttempt = attempt
        if attempt.isDelivered {
            delivery.state = .delivered
        } else if attempt.at.milliseconds(since: self.createdAt) >= Self.longestTry {
            delivery.state = .failed
        } else {
            let pause = min(Int64(3_600_000), Int64(1000) << min(self.attempts, 22))
            let shorter = Int64(Double(pause / 2) * min(max(jitter, 0), 1))
            delivery.nextAttemptAt = attempt.at.advanced(byMilliseconds: pause - shorter)
        }
        return delivery
    }
}
