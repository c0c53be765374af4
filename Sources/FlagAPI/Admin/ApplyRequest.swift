public import FlagModel

/// `POST /v1/environments/{environment}/apply`: makes an environment what a document declares.
public struct ApplyRequest: Sendable, Hashable, Codable {
    /// The revision that the author saw; absent: whichever is in force.
    public var baseRevision: Int64?
    /// Why: 1 to 500 characters.
    public var reason: String
    /// Settings and flags. The environment is created when it does not exist.
    public var document: EnvironmentDocument
    /// Removes the flags that the document does not name; without it they are left alone.
    public var prune: Bool?
    /// Only says what would happen.
    public var dryRun: Bool?
    /// Also works out who would get another answer; absent: no.
    public var preview: PreviewRequest?
    /// Makes the change at a time; absent: at once.
    public var schedule: ScheduleRequest?

    /// Creates the value of its parts.
    public init(
        baseRevision: Int64? = nil, reason: String, document: EnvironmentDocument, prune: Bool? = nil,
        dryRun: Bool? = nil, preview: PreviewRequest? = nil,
        schedule: ScheduleRequest? = nil
    ) {
        self.baseRevision = baseRevision
        self.reason = reason
        self.document = document
        self.prune = prune
        self.dryRun = dryRun
        self.preview = preview
        self.schedule = schedule
    }
}
