/// How an instance stands to the revision in force.
public enum InstanceState: String, Sendable, Hashable, Codable, CaseIterable {
    /// It acknowledged the revision in force, with its digest.
    case current
    /// It is heard of, and has an older revision.
    case behind
    /// It has not been heard of for longer than it should be quiet.
    case stale
    /// It said goodbye, or has not been heard of for so long that nobody waits for it.
    case gone
    /// It has something that this server never published: another digest, or a revision that is not there yet.
    case diverged
}
