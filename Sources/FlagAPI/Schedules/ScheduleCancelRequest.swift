/// `POST /v1/environments/{environment}/schedules/{schedule}/cancel`: it is not to be made.
public struct ScheduleCancelRequest: Sendable, Hashable, Codable {
    /// Why: 1 to 500 characters.
    public var reason: String

    /// Creates the value of its parts.
    public init(reason: String) {
        self.reason = reason
    }
}
