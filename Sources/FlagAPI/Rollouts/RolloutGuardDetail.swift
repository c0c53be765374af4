public import FlagModel

/// A guard of the step that is in force, and what it says.
public struct RolloutGuardDetail: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// What is counted.
    public var metric: String
    /// `pass`, `fail`, `outage`, `inconclusive` or `no-data`.
    public var verdict: String
    /// What was counted, in one line; absent: it has not been looked at since the server started.
    public var reading: String?
    /// The same in numbers.
    public var evidence: JSONValue?

    /// Creates the value of its parts.
    public init(name: String, metric: String, verdict: String, reading: String? = nil, evidence: JSONValue? = nil) {
        self.name = name
        self.metric = metric
        self.verdict = verdict
        self.reading = reading
        self.evidence = evidence
    }
}
