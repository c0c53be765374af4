public import FlagModel

/// `GET /v1/environments/{environment}/reviews`: the review items, newest first.
public struct ReviewList: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The review items.
    public var reviews: [ReviewDetail]
    /// Where the next page begins; absent on the last one.
    public var nextBefore: Int64?

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, reviews: [ReviewDetail], nextBefore: Int64? = nil) {
        self.environment = environment
        self.reviews = reviews
        self.nextBefore = nextBefore
    }
}
