/// What holds for an environment as a whole, whatever its revision: it is not rolled back with the flags, as a rollback
/// must not lift an interlock.
public struct EnvironmentSettings: Sendable, Hashable {
    /// The members that settings have.
    public enum Member: String, Sendable, Hashable, CaseIterable {
        case description, protected, invariants, freezes
    }

    /// What the environment is for, for people.
    public var description: String
    /// Whether stricter rules hold: approvals, and invariants that say so.
    public var isProtected: Bool
    /// Conditions that every revision keeps.
    public var invariants: [Invariant]
    /// When it is not to be changed by plan.
    public var freezes: [FreezeWindow]

    /// Settings.
    public init(
        description: String = "", isProtected: Bool = false, invariants: [Invariant] = [], freezes: [FreezeWindow] = []
    ) {
        self.description = description
        self.isProtected = isProtected
        self.invariants = invariants
        self.freezes = freezes
    }

    /// The settings as JSON. Without freezes they have no such member: what was stored before there were any is the same.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "description": .string(self.description),
            "protected": .bool(self.isProtected),
            "invariants": .object(Dictionary(self.invariants.map { ($0.name, $0.json) }) { _, last in last }),
        ]
        if !self.freezes.isEmpty { members[Member.freezes.rawValue] = .array(self.freezes.map(\.json)) }
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
        self.freezes = Self.freezes(reading: &reader)
    }

    private static func freezes(reading reader: inout DocumentReader) -> [FreezeWindow] {
        var freezes: [FreezeWindow] = []
        let member = Member.freezes.rawValue
        for (position, value) in (reader.array(member) ?? []).enumerated() {
            let place = "\(reader.path(of: member))[\(position)]"
            do throws(InvalidDocument) {
                let freeze = try FreezeWindow(json: value, at: place)
                if freezes.contains(where: { $0.name == freeze.name }) {
                    reader.add([Issue(path: "\(place).name", message: "is the name of another one")])
                }
                freezes.append(freeze)
            } catch {
                reader.add(error.issues)
            }
        }
        if freezes.count > FreezeWindow.mostWindows {
            reader.fail(member, "expected at most \(FreezeWindow.mostWindows)")
        }
        return freezes
    }
}
