/// Reads the members of a JSON object and remembers every fault, so that a person mends a file in one go.
///
/// A member that nobody asked for is a fault as well: a misspelt `percentge` must not pass in silence.
public struct DocumentReader {
    /// The place of the object, for messages.
    public let path: String
    /// The faults found so far.
    public private(set) var issues: [Issue] = []

    private let isObject: Bool
    private let members: [String: JSONValue]
    /// The members that were asked for. Few, so that looking through them is faster than a set.
    private var known: [String] = []

    /// A reader of `value`, which stands at `path`.
    public init(_ value: JSONValue, at path: String) {
        self.path = path
        self.isObject = value.objectValue != nil
        self.members = value.objectValue ?? [:]
        if value.objectValue == nil {
            self.issues.append(Issue(path: path, message: "expected an object, found \(value.kind)"))
        }
    }

    /// The place of a member.
    public func path(of member: String) -> String {
        self.path.isEmpty ? member : "\(self.path).\(member)"
    }

    /// The member, or nil when it is absent or null.
    public mutating func value(_ member: String) -> JSONValue? {
        self.known.append(member)
        let value = self.members[member]
        return value == .null ? nil : value
    }

    /// Whether the member is there, be it null.
    public mutating func has(_ member: String) -> Bool {
        self.known.append(member)
        return self.members[member] != nil
    }

    /// A string, or nil when it is absent (or, with a fault noted, something else).
    public mutating func string(_ member: String) -> String? {
        self.typed(member, "a string", \.stringValue)
    }

    /// A boolean.
    public mutating func bool(_ member: String) -> Bool? {
        self.typed(member, "a boolean", \.boolValue)
    }

    /// A whole number.
    public mutating func integer(_ member: String) -> Int64? {
        self.typed(member, "an integer", \.integerValue)
    }

    /// A number.
    public mutating func number(_ member: String) -> Double? {
        self.typed(member, "a number", \.doubleValue)
    }

    /// An object's members.
    public mutating func object(_ member: String) -> [String: JSONValue]? {
        self.typed(member, "an object", \.objectValue)
    }

    /// An array's elements.
    public mutating func array(_ member: String) -> [JSONValue]? {
        self.typed(member, "an array", \.arrayValue)
    }

    /// A duration such as `90s`, `10m`, `2h` or `1d`, in seconds.
    public mutating func durationSeconds(_ member: String) -> Int64? {
        guard let text = self.string(member) else { return nil }
        if let seconds = Duration.seconds(parsing: text) { return seconds }
        self.fail(member, "expected a duration such as 90s, 10m, 2h or 1d, found \"\(text.shortened())\"")
        return nil
    }

    /// Notes that a member which must be there is not. Of something that is no object nothing more is told than that.
    public mutating func require<Value>(
        _ member: String, _ value: Value?, _ expected: @autoclosure () -> String
    ) -> Value? {
        if value == nil, self.isObject, self.members[member] == nil || self.members[member] == .null {
            self.fail(member, "is missing; expected \(expected())")
        }
        return value
    }

    /// Notes a fault of a member.
    public mutating func fail(_ member: String, _ message: String) {
        self.issues.append(Issue(path: self.path(of: member), message: message))
    }

    /// Takes over faults found elsewhere.
    public mutating func add(_ issues: [Issue]) {
        self.issues += issues
    }

    /// Notes the members that nobody asked for. Call it last.
    public mutating func finish() {
        let unknown = self.members.keys.filter { !self.known.contains($0) }
        guard !unknown.isEmpty else { return }
        self.issues += Issue.unknownMembers(unknown, known: Set(self.known), at: self.path)
    }

    private mutating func typed<Value>(
        _ member: String, _ expected: String, _ read: (JSONValue) -> Value?
    ) -> Value? {
        guard let value = self.value(member) else { return nil }
        if let result = read(value) { return result }
        self.fail(member, "expected \(expected), found \(value.kind)")
        return nil
    }
}
