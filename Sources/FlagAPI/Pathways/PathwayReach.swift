/// Whom a pathway's flag lets in.
public enum PathwayReach: String, Sendable, Hashable, Codable, CaseIterable {
    /// Everyone.
    case everyone
    /// Some users: a percentage of them, or those whom a rule chooses.
    case some
    /// Nobody.
    case nobody
}
