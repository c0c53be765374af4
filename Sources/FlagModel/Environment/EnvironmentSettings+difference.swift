extension EnvironmentSettings {
    /// What differs from `before` (nil: there was nothing), sorted by path: `description`, `protected`, and each invariant
    /// as one member, `invariants.NAME`.
    public func difference(from before: EnvironmentSettings?) -> [ContentDifference.Member] {
        let old = before?.members ?? [:]
        let new = self.members
        return Set(old.keys).union(new.keys).sorted().compactMap { path in
            // By the text: `1` and `1.0` say the same.
            guard old[path]?.canonical != new[path]?.canonical else { return nil }
            return ContentDifference.Member(path: path, before: old[path], after: new[path])
        }
    }

    private var members: [String: JSONValue] {
        var members = self.json.objectValue ?? [:]
        members[Member.invariants.rawValue] = nil
        for invariant in self.invariants { members["\(Member.invariants.rawValue).\(invariant.name)"] = invariant.json }
        return members
    }
}
