import FlagModel

/// How a snapshot that was offered stands to the one in force. A client never goes back.
enum SnapshotVerdict: Sendable, Hashable {
    /// It is newer, and is put in force.
    case newer
    /// It is the one in force.
    case same
    /// It is older, and is refused: the control plane has lost revisions, by a restored backup perhaps.
    case older
    /// It has the number of the one in force and another content.
    case conflict

    /// Judges what is offered.
    init(offered revision: Int64, digest: String, inForce: Snapshot?) {
        guard let inForce else {
            self = .newer
            return
        }
        if revision == inForce.revision {
            self = digest == inForce.digest ? .same : .conflict
        } else {
            self = revision > inForce.revision ? .newer : .older
        }
    }
}
