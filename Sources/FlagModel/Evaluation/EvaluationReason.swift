/// Why an evaluation gave what it gave (OpenFeature's resolution reasons).
public enum EvaluationReason: String, Sendable, Hashable, CaseIterable, Codable {
    /// The flag gives everyone the same, as it has neither targeting nor rollout, or was killed.
    case `static` = "STATIC"
    /// A targeting rule chose the variant.
    case targetingMatch = "TARGETING_MATCH"
    /// The rollout's hash chose the variant.
    case split = "SPLIT"
    /// There is targeting or a rollout, but the default variant applied.
    case `default` = "DEFAULT"
    /// The flag is disabled; the caller's default applies.
    case disabled = "DISABLED"
    /// The value is older than the flag's policy for staleness allows.
    case stale = "STALE"
    /// The evaluation failed; the caller's default applies and ``Evaluation/errorCode`` says why.
    case error = "ERROR"
}
