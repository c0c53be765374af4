import FlagModel

/// A snapshot prepared for reading.
final class AppliedSnapshot: Sendable {
    /// The snapshot.
    let snapshot: Snapshot
    /// Its flags by key. One that answers as it did before is the same object as before.
    let flags: [String: ReadyFlag]
    /// The lengths of silence, in nanoseconds, after which some flag serves its safe variant; ascending.
    let staleAfter: [Int64]

    /// Prepares a snapshot.
    ///
    /// - Parameter older: What it follows; nil: nothing.
    convenience init(_ snapshot: Snapshot, after older: AppliedSnapshot?) {
        guard let older, older.snapshot.content.metadata == snapshot.content.metadata else {
            self.init(anew: snapshot)
            return
        }
        let before = older.snapshot.content
        let after = snapshot.content
        let segments = Set(before.segments.keys).union(after.segments.keys).filter {
            before.segments[$0] != after.segments[$0]
        }
        let flags = Set(before.flags.keys).union(after.flags.keys).filter { before.flags[$0] != after.flags[$0] }
        self.init(snapshot, after: older, flags: flags, segments: segments)
    }

    /// Prepares the snapshot that a delta led to.
    convenience init(_ snapshot: Snapshot, after older: AppliedSnapshot, by delta: SnapshotDelta) {
        guard delta.members["metadata"] == nil else {
            self.init(anew: snapshot)
            return
        }
        self.init(snapshot, after: older, flags: Set(delta.flags.keys), segments: Set(delta.segments.keys))
    }

    private convenience init(anew snapshot: Snapshot) {
        let metadata = snapshot.content.metadata
        self.init(
            snapshot,
            Dictionary(
                uniqueKeysWithValues: snapshot.flags.map {
                    ($0.key.text, ReadyFlag($0, environmentMetadata: metadata))
                }))
    }

    /// - Parameters:
    ///   - flags: The flags whose definitions differ, or that are no longer there.
    ///   - segments: The segments that differ. Flags that use them, or that require a flag that differs, answer
    ///     differently as well.
    private convenience init(
        _ snapshot: Snapshot, after older: AppliedSnapshot, flags: Set<FlagKey>, segments: Set<SegmentName>
    ) {
        let changed = segments.isEmpty ? flags : flags.union(snapshot.content.flags(using: segments))
        let affected = changed.union(snapshot.content.dependants(of: changed))
        let metadata = snapshot.content.metadata
        var flags = older.flags
        for key in affected {
            flags[key.text] = snapshot[key].map { ReadyFlag($0, environmentMetadata: metadata) }
        }
        self.init(snapshot, flags)
    }

    private init(_ snapshot: Snapshot, _ flags: [String: ReadyFlag]) {
        self.snapshot = snapshot
        self.flags = flags
        self.staleAfter = Set(flags.values.compactMap(\.staleAfter)).sorted()
    }

    /// How many of the lengths in ``staleAfter`` a silence has passed.
    func stage(after silence: Int64) -> Int {
        self.staleAfter.count { silence > $0 }
    }

    /// The flags that serve their safe variant after so many nanoseconds of silence.
    func staleFlags(after silence: Int64) -> Set<FlagKey> {
        guard self.stage(after: silence) > 0 else { return [] }
        return Set(self.snapshot.content.flags.keys.filter { self.flags[$0.text]?.isStale(after: silence) == true })
    }
}
