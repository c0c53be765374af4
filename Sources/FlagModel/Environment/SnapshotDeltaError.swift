/// Why a delta was not applied. The snapshot that it was meant for stays what it was.
public enum SnapshotDeltaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is another environment's.
    case environment(EnvironmentName, expected: EnvironmentName)
    /// It leads on from another revision.
    case base(from: Int64, have: Int64)
    /// It does not lead to what it says that it leads to.
    case digest(stated: String, computed: String)
    /// What it leads to is no content at all.
    case content(InvalidDocument)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .environment(let found, let expected):
            "the delta is that of \(found), the snapshot that of \(expected)"
        case .base(let from, let have):
            "the delta leads on from revision \(from), the snapshot is revision \(have); ask for the whole snapshot"
        case .digest(let stated, let computed):
            "the delta does not lead to the digest \(stated) but to \(computed); ask for the whole snapshot"
        case .content(let document):
            "what the delta leads to is not valid; ask for the whole snapshot: \(document)"
        }
    }
}
