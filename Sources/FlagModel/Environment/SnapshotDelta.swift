/// The way from one revision of an environment to another: what changed, and the digest of what it leads to.
///
/// Flags and segments are carried whole; one that is gone is null. On the wire:
/// `{"environment": …, "from": 41, "to": 42, "digest": …, "changes": {"flags": {"X": {…}, "Y": null}, …}}`.
public struct SnapshotDelta: Sendable, Hashable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision that it is applied to.
    public var from: Int64
    /// The revision that it leads to.
    public var to: Int64
    /// The digest of that revision (``Snapshot/digest``).
    public var digest: String
    /// The flags that differ; nil: removed.
    public var flags: [FlagKey: FlagDefinition?]
    /// The segments that differ; nil: removed.
    public var segments: [SegmentName: Segment?]
    /// The environment's other members that differ, by name; null: at their default.
    public var members: [String: JSONValue]

    /// The delta as JSON.
    public var json: JSONValue {
        var changes = self.members
        if !self.flags.isEmpty {
            changes["flags"] = .object(
                Dictionary(uniqueKeysWithValues: self.flags.map { ($0.key.text, $0.value?.json ?? .null) }))
        }
        if !self.segments.isEmpty {
            changes["segments"] = .object(
                Dictionary(uniqueKeysWithValues: self.segments.map { ($0.key.text, $0.value?.json ?? .null) }))
        }
        return [
            "environment": .string(self.environment.text), "from": .integer(self.from), "to": .integer(self.to),
            "digest": .string(self.digest), "changes": .object(changes),
        ]
    }

    /// Reads the form that ``json`` writes.
    ///
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(json: JSONValue) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: "")
        let name = reader.require("environment", reader.string("environment"), "the environment's name")
        let from = reader.require("from", reader.integer("from"), "a revision")
        let to = reader.require("to", reader.integer("to"), "a revision")
        let digest = reader.require("digest", reader.string("digest"), "the content's SHA-256")
        let changes = reader.require("changes", reader.object("changes"), "what changed")
        reader.finish()
        var flags: [FlagKey: FlagDefinition?] = [:]
        var segments: [SegmentName: Segment?] = [:]
        var members = changes ?? [:]
        do throws(InvalidDocument) {
            flags = try Self.read(members.removeValue(forKey: "flags"), at: "changes.flags") {
                key, value, place throws(InvalidDocument) in
                try FlagDefinition(json: value, key: key, at: place)
            }
            segments = try Self.read(members.removeValue(forKey: "segments"), at: "changes.segments") {
                _, value, place throws(InvalidDocument) in
                try Segment(json: value, at: place)
            }
        } catch {
            reader.add(error.issues)
        }
        guard reader.issues.isEmpty, let name, let from, let to, let digest else {
            throw InvalidDocument(reader.issues)
        }
        guard EnvironmentName.isValid(name) else {
            throw InvalidDocument([Issue(path: "environment", message: "is not an \(EnvironmentName.noun)")])
        }
        self.init(
            environment: EnvironmentName(unchecked: name), from: from, to: to, digest: digest, flags: flags,
            segments: segments, members: members)
    }

    /// A delta of its parts.
    init(
        environment: EnvironmentName, from: Int64, to: Int64, digest: String, flags: [FlagKey: FlagDefinition?],
        segments: [SegmentName: Segment?], members: [String: JSONValue]
    ) {
        self.environment = environment
        self.from = from
        self.to = to
        self.digest = digest
        self.flags = flags
        self.segments = segments
        self.members = members
    }

    private static func read<Key: Name, Value>(
        _ object: JSONValue?, at path: String,
        _ read: (Key, JSONValue, String) throws(InvalidDocument) -> Value
    ) throws(InvalidDocument) -> [Key: Value?] {
        guard let object else { return [:] }
        guard let members = object.objectValue else {
            throw InvalidDocument([Issue(path: path, message: "expected an object, found \(object.kind)")])
        }
        var values: [Key: Value?] = [:]
        for (text, value) in members {
            guard Key.isValid(text) else {
                throw InvalidDocument([Issue(path: path, message: "has a member that is not a \(Key.noun)")])
            }
            values.updateValue(
                value.isNull ? nil : try read(Key(unchecked: text), value, "\(path).\(text)"),
                forKey: Key(unchecked: text))
        }
        return values
    }
}
