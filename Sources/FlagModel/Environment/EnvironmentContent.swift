/// What an environment holds at a revision, without the number: the flags, and since when tickets count.
public struct EnvironmentContent: Sendable, Hashable {
    /// The flags by key.
    public var flags: [FlagKey: FlagDefinition]
    /// The rules that flags share, by name.
    public var segments: [SegmentName: Segment]
    /// Strings, numbers and booleans handed to callers with every flag; a flag's own come before them.
    public var metadata: [String: JSONValue]
    /// Tickets issued before this moment are refused; nil: none are.
    public var ticketsNotBefore: Timestamp?
    /// Tickets issued under a revision lower than this one are refused; nil: none are.
    ///
    /// It cuts off what the moment cannot: tickets issued after the decision by an instance that had not heard of it yet,
    /// or by one whose clock is fast.
    public var ticketsNotBeforeRevision: Int64?

    /// A content.
    public init(
        flags: [FlagKey: FlagDefinition] = [:], segments: [SegmentName: Segment] = [:],
        metadata: [String: JSONValue] = [:], ticketsNotBefore: Timestamp? = nil,
        ticketsNotBeforeRevision: Int64? = nil
    ) {
        self.flags = flags
        self.segments = segments
        self.metadata = metadata
        self.ticketsNotBefore = ticketsNotBefore
        self.ticketsNotBeforeRevision = ticketsNotBeforeRevision
    }

    /// Refuses the tickets issued before a moment, and those issued under a revision lower than `revision`, which is the
    /// one being made. Neither limit moves backwards.
    public mutating func revokeTickets(before moment: Timestamp, revision: Int64) {
        self.ticketsNotBefore = max(self.ticketsNotBefore ?? moment, moment)
        self.ticketsNotBeforeRevision = max(self.ticketsNotBeforeRevision ?? revision, revision)
    }

    /// The content as JSON, members at their default left out.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "flags": .object(Dictionary(uniqueKeysWithValues: self.flags.map { ($0.key.text, $0.value.json) }))
        ]
        if !self.segments.isEmpty {
            members["segments"] = .object(
                Dictionary(uniqueKeysWithValues: self.segments.map { ($0.key.text, $0.value.json) }))
        }
        if !self.metadata.isEmpty { members["metadata"] = .object(self.metadata) }
        if let ticketsNotBefore = self.ticketsNotBefore {
            members["ticketsNotBefore"] = .string(ticketsNotBefore.description)
        }
        if let ticketsNotBeforeRevision = self.ticketsNotBeforeRevision {
            members["ticketsNotBeforeRevision"] = .integer(ticketsNotBeforeRevision)
        }
        return .object(members)
    }

    /// Reads the form that ``json`` writes.
    ///
    /// - Throws: ``InvalidDocument`` with every fault, among them those of ``issues``.
    public init(json: JSONValue, at path: String = "") throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        self.init(reading: &reader)
        reader.finish()
        if reader.issues.isEmpty { reader.add(self.issues) }
        guard reader.issues.isEmpty else { throw InvalidDocument(reader.issues) }
    }

    init(reading reader: inout DocumentReader) {
        self.init()
        self.flags = reader.named("flags") { key, value, place throws(InvalidDocument) in
            try FlagDefinition(json: value, key: key, at: place)
        }
        self.segments = reader.named("segments") { _, value, place throws(InvalidDocument) in
            try Segment(json: value, at: place)
        }
        self.metadata = reader.object("metadata") ?? [:]
        for (name, value) in self.metadata.sorted(by: { $0.key < $1.key }) where !value.isScalar {
            reader.fail("metadata.\(name)", "expected a string, a number or a boolean, found \(value.kind)")
        }
        if let text = reader.string("ticketsNotBefore") {
            self.ticketsNotBefore = Timestamp(text)
            if self.ticketsNotBefore == nil { reader.fail("ticketsNotBefore", "expected an RFC 3339 time") }
        }
        if let revision = reader.integer("ticketsNotBeforeRevision") {
            self.ticketsNotBeforeRevision = revision
            if revision < 1 { reader.fail("ticketsNotBeforeRevision", "expected a revision, 1 or higher") }
        }
    }
}

extension DocumentReader {
    /// The members of an object, each under a name of the kind that is asked for.
    fileprivate mutating func named<Key: Name, Value>(
        _ member: String, _ read: (Key, JSONValue, String) throws(InvalidDocument) -> Value
    ) -> [Key: Value] {
        var values: [Key: Value] = [:]
        for (text, value) in (self.object(member) ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = self.path(of: member) + "." + text
            do throws(InvalidName) {
                let key = try Key(parsing: text)
                do throws(InvalidDocument) {
                    values[key] = try read(key, value, place)
                } catch {
                    self.add(error.issues)
                }
            } catch {
                self.add([Issue(path: place, message: error.description)])
            }
        }
        return values
    }
}
