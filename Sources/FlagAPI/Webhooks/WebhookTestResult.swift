/// `POST /v1/webhooks/{name}/test`: what came of one event that was sent now.
public struct WebhookTestResult: Sendable, Hashable, Codable {
    /// The event's id.
    public var id: String
    /// Whether it was taken: answered with 2xx.
    public var delivered: Bool
    /// The HTTP status of the answer; absent: there was none.
    public var status: Int?
    /// Why there was none.
    public var failure: String?
    /// How long it took, in milliseconds.
    public var milliseconds: Int64

    /// Creates the value of its parts.
    public init(id: String, delivered: Bool, status: Int?, failure: String?, milliseconds: Int64) {
        self.id = id
        self.delivered = delivered
        self.status = status
        self.failure = failure
        self.milliseconds = milliseconds
    }
}
