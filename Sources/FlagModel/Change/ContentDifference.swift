/// What changed between two contents, flag by flag and member by member.
public struct ContentDifference: Sendable, Hashable, Codable {
    /// What happened to a flag.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is new.
        case added
        /// It is gone.
        case removed
        /// It is another.
        case changed
    }

    /// What happened to one flag (or, under the key ``ticketsNotBefore``, to that setting).
    public struct Entry: Sendable, Hashable, Codable {
        /// The flag's key.
        public var key: String
        /// What happened.
        public var kind: Kind
        /// Each member that differs, by path.
        public var members: [Member]
    }

    /// One member that differs.
    public struct Member: Sendable, Hashable, Codable {
        /// The path within the definition: `rollout.percentage`.
        public var path: String
        /// The value before; nil: absent.
        public var before: JSONValue?
        /// The value after; nil: absent.
        public var after: JSONValue?
    }

    /// The entries, sorted by key.
    public var entries: [Entry]

    /// Whether nothing changed.
    public var isEmpty: Bool { self.entries.isEmpty }

    /// What changed from `before` to `after`.
    public init(from before: EnvironmentContent, to after: EnvironmentContent) {
        self.entries = []
        for key in Set(before.flags.keys).union(after.flags.keys).sorted() {
            let old = before.flags[key]
            let new = after.flags[key]
            guard old != new else { continue }
            let kind: Kind = old == nil ? .added : new == nil ? .removed : .changed
            self.entries.append(Entry(key: key.text, kind: kind, members: Self.members(old?.json, new?.json, at: "")))
        }
        if before.ticketsNotBefore != after.ticketsNotBefore {
            let values = [before, after].map { $0.ticketsNotBefore.map { JSONValue.string($0.description) } }
            self.entries.append(
                Entry(
                    key: "ticketsNotBefore", kind: .changed,
                    members: [Member(path: "", before: values[0], after: values[1])]))
        }
    }

    private static func members(_ before: JSONValue?, _ after: JSONValue?, at path: String) -> [Member] {
        guard before != after else { return [] }
        // Rules are opaque: a difference deep inside one says less than the two rules side by side.
        guard path != "targeting", before?.objectValue != nil || after?.objectValue != nil,
            before == nil || before?.objectValue != nil, after == nil || after?.objectValue != nil
        else { return [Member(path: path, before: before, after: after)] }
        let old = before?.objectValue ?? [:]
        let new = after?.objectValue ?? [:]
        return Set(old.keys).union(new.keys).sorted().flatMap { name in
            Self.members(old[name], new[name], at: path.isEmpty ? name : "\(path).\(name)")
        }
    }
}
