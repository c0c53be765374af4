/// A rule with a name, for the targeting of any flag of its environment: `{"$ref": "beta-testers"}` (flagd's `$evaluators`).
public struct Segment: Sendable {
    /// Whom it is meant to cover, for people.
    public var description: String
    /// The JSONLogic rule that stands where the segment is named. It may name other segments.
    public var rule: JSONValue

    /// A segment.
    public init(description: String = "", rule: JSONValue) {
        self.description = description
        self.rule = rule
    }

    /// The segment as JSON: `{"description": …, "rule": …}`, an empty description left out.
    public var json: JSONValue {
        var members = ["rule": self.rule]
        if !self.description.isEmpty { members["description"] = .string(self.description) }
        return .object(members)
    }

    /// Reads the form that ``json`` writes.
    ///
    /// Whether the segments that the rule names exist is a question to the whole content: ``EnvironmentContent/issues``.
    ///
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(json: JSONValue, at path: String) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        self.description = reader.string("description") ?? ""
        // A rule may be the constant null: it is there or not, rather than null or not.
        let hasRule = reader.has("rule")
        self.rule = reader.value("rule") ?? .null
        if json.objectValue != nil, !hasRule { reader.fail("rule", "is missing; expected a JSONLogic rule") }
        reader.finish()
        reader.add(self.issues(at: path))
        guard reader.issues.isEmpty else { throw InvalidDocument(reader.issues) }
    }

    /// What is wrong with the rule by itself.
    func issues(at path: String) -> [Issue] {
        do throws(Issue) {
            _ = try Expression(compiling: self.rule, at: path.isEmpty ? "rule" : "\(path).rule", segments: .open)
            return []
        } catch {
            return [error]
        }
    }
}

extension Segment: Hashable {
    /// Whether two segments are the same document, and so have the same digest.
    public static func == (left: Self, right: Self) -> Bool {
        left.json == right.json
    }

    /// Hashes some of what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.rule)
    }
}
