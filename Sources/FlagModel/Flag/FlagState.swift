/// Whether a flag answers at all.
public enum FlagState: String, Sendable, Hashable, CaseIterable, Codable {
    /// The flag evaluates.
    case enabled = "ENABLED"
    /// The flag gives no value: callers use their own default (OpenFeature reason `DISABLED`).
    case disabled = "DISABLED"
}
