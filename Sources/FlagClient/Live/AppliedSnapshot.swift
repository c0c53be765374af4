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
            self.init(snapshot, reusing: [:])
            return
        }
        let before = older.snapshot.content
        let after = snapshot.content
        let segments = Set(before.segments.keys).union(after.segments.keys).filter {
            before.segments[$0] != after.segments[$0]
        }
        let flags = after.flags.filter { before.flags[$0.key] != $0.value }.keys
        self.init(snapshot, after: older, flags: Set(flags), segments: segments)
    }

    /// Prepares the snapshot that a delta led to.
    convenience init(_ snapshot: Snapshot, after older: AppliedSnapshot, by delta: SnapshotDelta) {
        guard delta.members["metadata"] == nil else {
            self.init(snapshot, reusing: [:])
            return
        }
        self.init(snapshot, after: older, flags: Set(delta.flags.keys), segments: Set(delta.segments.keys))
    }

    /// - Parameters:
    ///   - flags: The flags whose definitions differ.
    ///   - segments: The segments that differ. Flags that use them, or that require a flag that differs, answer
    ///     differently as well.
    private convenience init(
        _ snapshot: Snapshot, after older: AppliedSnapshot, flags: Set<FlagKey>, segments: Set<SegmentName>
    ) {
        let changed = segments.isEmpty ? flags : flags.union(snapshot.content.flags(using: segments))
        let affected = changed.union(snapshot.content.dependants(of: changed))
        var unchanged = older.flags
        for key in affected { unchanged[key.text] = nil }
        self.init(snapshot, reusing: unchanged)
    }

    private init(_ snapshot: Snapshot, reusing unchanged: [String: ReadyFlag]) {
        self.snapshot = snapshot
        let metadata = snapshot.content.metadata
        self.flags = Dictionary(
            uniqueKeysWithValues: snapshot.content.flags.keys.compactMap { key in
                if let flag = unchanged[key.text] { return (key.text, flag) }
                return snapshot[key].map { (key.text, ReadyFlag($0, environmentMetadata: metadata)) }
            })
        self.staleAfter = Set(self.flags.values.compactMap(\.staleAfter)).sorted()
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
