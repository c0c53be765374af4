public import FlagModel

/// `GET /v1/environments/{environment}/revisions`: the history, newest first.
public struct RevisionList: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revisions of this page.
    public var revisions: [RevisionSummary]
    /// What to pass as `before` for the next page; absent on the last one.
    public var nextBefore: Int64?

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, revisions: [RevisionSummary], nextBefore: Int64? = nil) {
        self.environment = environment
        self.revisions = revisions
        self.nextBefore = nextBefore
    }
}
