/// One step on the way to an evaluation's answer, for a person who asks why.
public struct EvaluationStep: Sendable, Hashable, Codable {
    /// The part of the flag that was looked at: `state`, `kill`, `prerequisite`, `targeting`, `rollout`, `default`.
    public var part: String
    /// What it said.
    public var finding: String

    /// A step.
    public init(part: String, finding: String) {
        self.part = part
        self.finding = finding
    }
}
