/// What holds for an environment as a whole, whatever its revision: it is not rolled back with the flags, as a rollback
/// must not lift an interlock.
public struct EnvironmentSettings: Sendable, Hashable {
    /// The members that settings have.
    public enum Member: String, Sendable, Hashable, CaseIterable {
        case description, protected, invariants
    }

    /// What the environment is for, for people.
    public var description: String
    /// Whether stricter rules hold: approvals, and invariants that say so.
    public var isProtected: Bool
    /// Conditions that every revision keeps.
    public var invariants: [Invariant]

    /// Settings.
    public init(description: String = "", isProtected: Bool = false, invariants: [Invariant] = []) {
        self.description = description
        self.isProtected = isProtected
        self.invariants = invariants
    }

    /// The settings as JSON.
    public var json: JSONValue {
        [
            "description": .string(self.description),
            "protected": .bool(self.isProtected),
            "invariants": .object(Dictionary(self.invariants.map { ($0.name, $0.json) }) { _, last in last }),
        ]
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
        self.description = reader.string("description") ?? ""
        self.isProtected = reader.bool("protected") ?? false
        for (name, value) in (reader.object("invariants") ?? [:]).sorted(by: { $0.key < $1.key }) {
            do throws(InvalidDocument) {
                self.invariants.append(
                    try Invariant(name: name, json: value, at: reader.path(of: "invariants") + "." + name))
            } catch {
                reader.add(error.issues)
            }
        }
    }
}
