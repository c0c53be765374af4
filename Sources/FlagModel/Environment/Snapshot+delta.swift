extension Snapshot {
    /// The members of a content besides flags and segments.
    private static let otherMembers = ["metadata", "ticketsNotBefore", "ticketsNotBeforeRevision"]

    /// The way from an older snapshot of the environment to this one.
    public func delta(from older: Snapshot) -> SnapshotDelta {
        func differing<Key: Hashable, Value: Equatable>(_ old: [Key: Value], _ new: [Key: Value]) -> [Key: Value?] {
            var result: [Key: Value?] = [:]
            for (key, value) in new where old[key] != value { result.updateValue(value, forKey: key) }
            for key in old.keys where new[key] == nil { result.updateValue(nil, forKey: key) }
            return result
        }
        let before = older.content.json
        let after = self.content.json
        var members: [String: JSONValue] = [:]
        for name in Self.otherMembers where before[name] != after[name] { members[name] = after[name] ?? .null }
        return SnapshotDelta(
            environment: self.environment, from: older.revision, to: self.revision, digest: self.digest,
            flags: differing(older.content.flags, self.content.flags),
            segments: differing(older.content.segments, self.content.segments), members: members)
    }

    /// What a delta leads to.
    ///
    /// - Throws: ``SnapshotDeltaError``, among others when the result does not have the digest that the delta states.
    public func applying(_ delta: SnapshotDelta) throws(SnapshotDeltaError) -> Snapshot {
        guard delta.environment == self.environment else {
            throw .environment(delta.environment, expected: self.environment)
        }
        guard delta.from == self.revision else { throw .base(from: delta.from, have: self.revision) }
        var content = self.content
        for (key, definition) in delta.flags { content.flags[key] = definition }
        for (name, segment) in delta.segments { content.segments[name] = segment }
        if !delta.members.isEmpty {
            var members =
                EnvironmentContent(
                    metadata: content.metadata, ticketsNotBefore: content.ticketsNotBefore,
                    ticketsNotBeforeRevision: content.ticketsNotBeforeRevision
                ).json.objectValue ?? [:]
            members.merge(delta.members) { _, new in new }
            do throws(InvalidDocument) {
                let other = try EnvironmentContent(json: .object(members), at: "changes")
                content.metadata = other.metadata
                content.ticketsNotBefore = other.ticketsNotBefore
                content.ticketsNotBeforeRevision = other.ticketsNotBeforeRevision
            } catch {
                throw .content(error)
            }
        }
        let result =
            delta.segments.isEmpty
            ? Snapshot(
                revision: delta.to, content: content, changed: Set(delta.flags.keys),
                hasSameMembers: delta.members.isEmpty, since: self)
            : Snapshot(environment: self.environment, revision: delta.to, content: content)
        guard result.digest == delta.digest else { throw .digest(stated: delta.digest, computed: result.digest) }
        return result
    }
}
