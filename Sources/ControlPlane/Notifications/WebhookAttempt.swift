public import FlagModel

/// What came of sending an event once.
public struct WebhookAttempt: Sendable, Hashable {
    /// When it ended.
    public var at: Timestamp
    /// The HTTP status of the answer; nil: there was none.
    public var status: Int?
    /// Why there was none, without any credential.
    public var failure: String?
    /// How long it took, in milliseconds.
    public var milliseconds: Int64

    /// An attempt.
    public init(at: Timestamp, status: Int? = nil, failure: String? = nil, milliseconds: Int64) {
        self.at = at
        self.status = status
        self.failure = failure
        self.milliseconds = milliseconds
    }

    /// Whether the event was taken.
    public var isDelivered: Bool { self.status.map { (200..<300).contains($0) } ?? false }
}
