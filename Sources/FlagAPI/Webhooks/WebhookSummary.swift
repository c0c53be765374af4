public import FlagModel

/// A webhook, without its secret.
public struct WebhookSummary: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// Where it is told.
    public var url: String
    /// The environments that it is told of; absent: all.
    public var environments: [EnvironmentName]?
    /// The events that it is told of; absent: all.
    public var events: [String]?
    /// When it was made.
    public var createdAt: Timestamp
    /// Who made it.
    public var createdBy: String
    /// How many events wait for it.
    public var waiting: Int
    /// How many events were dropped because too many waited.
    public var dropped: Int64

    /// Creates the value of its parts.
    public init(
        name: String, url: String, environments: [EnvironmentName]? = nil, events: [String]? = nil,
        createdAt: Timestamp, createdBy: String, waiting: Int, dropped: Int64
    ) {
        self.name = name
        self.url = url
        self.environments = environments
        self.events = events
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.waiting = waiting
        self.dropped = dropped
    }
}
