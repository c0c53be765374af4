public import FlagModel

extension RolloutPlan {
    /// The plan as JSON.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "flag": .string(self.flag.text), "steps": .array(self.steps.map(\.json)),
            "undecidedAfter": .string(Duration.text(seconds: self.undecidedAfter)),
        ]
        if let variant = self.variant { members["variant"] = .string(variant) }
        if self.revokesTickets { members["revokeTickets"] = true }
        if !self.guards.isEmpty { members["guards"] = .array(self.guards.map(\.json)) }
        return .object(members)
    }

    /// Reads a plan: `flag`, `variant`, `steps`, `guards`, `undecidedAfter` and `revokeTickets`. A step is an object or has the short form
    /// `25%:2h`; so may all of them together, as `1%:10m,25%:2h,100%`.
    ///
    /// - Parameter flag: The flag, for a document that does not name one.
    /// - Throws: ``FlagModel/InvalidDocument`` with every fault that shows without looking at an environment.
    public init(json: JSONValue, flag: FlagKey? = nil, at path: String = "") throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        var key = flag
        if let text = reader.string("flag") {
            if FlagKey.isValid(text) {
                key = FlagKey(unchecked: text)
                if let flag, flag != key { reader.fail("flag", "the plan is for \(text), not for \(flag)") }
            } else {
                reader.fail("flag", "\"\(text.shortened())\" is not a flag key: use \(FlagKey.pattern)")
            }
        } else if flag == nil {
            key = reader.require("flag", key, "the key of a flag")
        }
        let variant = reader.variantName("variant")
        let steps = reader.steps()
        let guards = reader.guards()
        let undecidedAfter = reader.durationSeconds("undecidedAfter") ?? 3600
        let revokesTickets = reader.bool("revokeTickets") ?? false
        reader.finish()
        guard reader.issues.isEmpty, let key else { throw InvalidDocument(reader.issues) }
        self.init(
            flag: key, variant: variant, steps: steps, guards: guards, undecidedAfter: undecidedAfter,
            revokesTickets: revokesTickets)
        let issues = self.issues(at: path)
        guard issues.isEmpty else { throw InvalidDocument(issues) }
    }

    /// Reads the short form of steps, `1%:10m,5%:30m,25%:2h,50%:2h,100%`, into a plan without guards.
    ///
    /// - Throws: ``FlagModel/InvalidDocument`` with every fault, at `steps[0]`, `steps[1]`, ….
    public init(flag: FlagKey, variant: String? = nil, steps text: String) throws(InvalidDocument) {
        var members: [String: JSONValue] = ["steps": .string(text)]
        if let variant { members["variant"] = .string(variant) }
        try self.init(json: .object(members), flag: flag)
    }
}

extension DocumentReader {
    fileprivate mutating func steps() -> [RolloutStep] {
        guard let value = self.require("steps", self.value("steps"), "steps such as 1%:10m,25%:2h,100%") else {
            return []
        }
        let elements: [JSONValue]
        switch value {
        case .string(let text):
            elements = text.split(separator: ",", omittingEmptySubsequences: false).map { .string(String($0)) }
        case .array(let array): elements = array
        default:
            self.fail("steps", "expected an array, or a text such as 1%:10m,25%:2h,100%, found \(value.kind)")
            return []
        }
        return self.elements(elements, of: "steps") { json, path throws(InvalidDocument) in
            try RolloutStep(json: json, at: path)
        }
    }

    /// The guards of a plan or a step.
    mutating func guards() -> [RolloutGuard] {
        self.elements(self.array("guards") ?? [], of: "guards") { json, path throws(InvalidDocument) in
            try RolloutGuard(json: json, at: path)
        }
    }

    private mutating func elements<Value>(
        _ elements: [JSONValue], of member: String, _ read: (JSONValue, String) throws(InvalidDocument) -> Value
    ) -> [Value] {
        var values: [Value] = []
        for (position, element) in elements.enumerated() {
            do throws(InvalidDocument) {
                values.append(try read(element, "\(self.path(of: member))[\(position)]"))
            } catch {
                self.add(error.issues)
            }
        }
        return values
    }
}
