/// What changed between two contents, flag by flag, segment by segment and member by member.
public struct ContentDifference: Sendable, Hashable, Codable {
    /// What an entry is about.
    public enum Subject: String, Sendable, Hashable, Codable, CaseIterable {
        /// A flag.
        case flag
        /// A segment.
        case segment
        /// The environment as a whole: its `metadata`, `ticketsNotBefore` or `ticketsNotBeforeRevision`.
        case environment
    }

    /// What happened to it.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is new.
        case added
        /// It is gone.
        case removed
        /// It is another.
        case changed
    }

    /// What happened to one flag, one segment, or one member of the environment.
    public struct Entry: Sendable, Hashable, Codable {
        /// What it is about.
        public var subject: Subject
        /// The flag's key, or the name of the segment or the member.
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

    /// The entries: flags, then segments, then the environment's members, each sorted by key.
    public var entries: [Entry]

    /// Whether nothing changed.
    public var isEmpty: Bool { self.entries.isEmpty }

    /// What changed from `before` to `after`.
    public init(from before: EnvironmentContent, to after: EnvironmentContent) {
        self.entries = []
        for key in Set(before.flags.keys).union(after.flags.keys).sorted() {
            self.note(.flag, key.text, before.flags[key]?.json, after.flags[key]?.json)
        }
        for name in Set(before.segments.keys).union(after.segments.keys).sorted() {
            self.note(.segment, name.text, before.segments[name]?.json, after.segments[name]?.json)
        }
        self.note("metadata", .object(before.metadata), .object(after.metadata))
        self.note(
            "ticketsNotBefore", before.ticketsNotBefore.map { .string($0.description) },
            after.ticketsNotBefore.map { .string($0.description) })
        self.note(
            "ticketsNotBeforeRevision", before.ticketsNotBeforeRevision.map(JSONValue.integer),
            after.ticketsNotBeforeRevision.map(JSONValue.integer))
    }

    private mutating func note(_ subject: Subject, _ key: String, _ before: JSONValue?, _ after: JSONValue?) {
        guard before != after else { return }
        let kind: Kind = before == nil ? .added : after == nil ? .removed : .changed
        self.entries.append(
            Entry(subject: subject, key: key, kind: kind, members: Self.members(before, after, at: "")))
    }

    private mutating func note(_ key: String, _ before: JSONValue?, _ after: JSONValue?) {
        guard before != after else { return }
        self.entries.append(
            Entry(subject: .environment, key: key, kind: .changed, members: Self.members(before, after, at: "")))
    }

    private static func members(_ before: JSONValue?, _ after: JSONValue?, at path: String) -> [Member] {
        guard before != after else { return [] }
        // Rules are opaque: a difference deep inside one says less than the two rules side by side.
        guard path != "targeting", path != "rule", before?.objectValue != nil || after?.objectValue != nil,
            before == nil || before?.objectValue != nil, after == nil || after?.objectValue != nil
        else { return [Member(path: path, before: before, after: after)] }
        let old = before?.objectValue ?? [:]
        let new = after?.objectValue ?? [:]
        // An empty object has no members that could tell that it came or went.
        if old.isEmpty, new.isEmpty { return [Member(path: path, before: before, after: after)] }
        return Set(old.keys).union(new.keys).sorted().flatMap { name in
            Self.members(old[name], new[name], at: path.isEmpty ? name : "\(path).\(name)")
        }
    }
}
