/// What an environment holds at a revision, without the number: the flags, and since when tickets count.
public struct EnvironmentContent: Sendable, Hashable {
    /// The flags by key.
    public var flags: [FlagKey: FlagDefinition]
    /// Tickets issued before this moment are refused; nil: none are.
    public var ticketsNotBefore: Timestamp?
    /// Tickets issued under a revision lower than this one are refused; nil: none are.
    ///
    /// It cuts off what the moment cannot: tickets issued after the decision by an instance that had not heard of it yet,
    /// or by one whose clock is fast.
    public var ticketsNotBeforeRevision: Int64?

    /// A content.
    public init(
        flags: [FlagKey: FlagDefinition] = [:], ticketsNotBefore: Timestamp? = nil,
        ticketsNotBeforeRevision: Int64? = nil
    ) {
        self.flags = flags
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
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(json: JSONValue, at path: String = "") throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        self.init(reading: &reader)
        reader.finish()
        guard reader.issues.isEmpty else { throw InvalidDocument(reader.issues) }
    }

    init(reading reader: inout DocumentReader) {
        self.init()
        for (name, value) in (reader.object("flags") ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = reader.path(of: "flags") + "." + name
            do throws(InvalidName) {
                let key = try FlagKey(parsing: name)
                do throws(InvalidDocument) {
                    self.flags[key] = try FlagDefinition(json: value, key: key, at: place)
                } catch {
                    reader.add(error.issues)
                }
            } catch {
                reader.add([Issue(path: place, message: error.description)])
            }
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
