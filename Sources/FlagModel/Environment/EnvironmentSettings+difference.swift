extension EnvironmentSettings {
    /// What differs from `before` (nil: there was nothing), sorted by path: `description`, `protected`, and each invariant
    /// and each freeze as one member, `invariants.NAME`, `freezes.NAME`.
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
        members[Member.freezes.rawValue] = nil
        for invariant in self.invariants { members["\(Member.invariants.rawValue).\(invariant.name)"] = invariant.json }
        for freeze in self.freezes { members["\(Member.freezes.rawValue).\(freeze.name)"] = freeze.json }
        return members
    }
}
