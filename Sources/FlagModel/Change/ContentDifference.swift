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

    /// What happened to one flag (or, under the keys `ticketsNotBefore` and `ticketsNotBeforeRevision`, to those limits).
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

        /// A member that differs.
        public init(path: String, before: JSONValue?, after: JSONValue?) {
            self.path = path
            self.before = before
            self.after = after
        }
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
        self.note(
            "ticketsNotBefore", before.ticketsNotBefore.map { .string($0.description) },
            after.ticketsNotBefore.map { .string($0.description) })
        self.note(
            "ticketsNotBeforeRevision", before.ticketsNotBeforeRevision.map(JSONValue.integer),
            after.ticketsNotBeforeRevision.map(JSONValue.integer))
    }

    private mutating func note(_ key: String, _ before: JSONValue?, _ after: JSONValue?) {
        guard before != after else { return }
        self.entries.append(
            Entry(key: key, kind: .changed, members: [Member(path: "", before: before, after: after)]))
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
