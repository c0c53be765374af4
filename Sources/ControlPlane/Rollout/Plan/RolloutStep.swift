public import FlagModel

/// One step of a staged rollout.
public struct RolloutStep: Sendable, Hashable {
    /// The share of users.
    public var percentage: Percentage
    /// How long the share is held once every instance has it, in seconds, not counting pauses and the server's absence.
    public var hold: Int64
    /// Whether someone has to approve the step before it is taken.
    public var needsApproval: Bool
    /// What is watched at this step alone.
    public var guards: [RolloutGuard]

    /// A step.
    public init(percentage: Percentage, hold: Int64 = 0, needsApproval: Bool = false, guards: [RolloutGuard] = []) {
        self.percentage = percentage
        self.hold = hold
        self.needsApproval = needsApproval
        self.guards = guards
    }
}

extension RolloutStep {
    /// The short form: `25%:2h`, or `100%` without a hold.
    var shortForm: String {
        "\(self.percentage.json.canonical)%" + (self.hold > 0 ? ":" + Duration.text(seconds: self.hold) : "")
    }

    /// Reads the short form.
    ///
    /// - Throws: ``FlagModel/Issue`` at `path`.
    init(shortForm text: some StringProtocol, at path: String) throws(Issue) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        let shown = String(text).shortened()
        guard let share = parts.first, share.hasSuffix("%") else {
            throw Issue(path: path, message: "expected a step such as 25%:2h, found \"\(shown)\"")
        }
        guard let number = Double(share.dropLast()), let percentage = Percentage(percent: number) else {
            throw Issue(path: path, message: "\"\(shown)\" has no percentage: 0 to 100, in steps of 0.001")
        }
        self.init(percentage: percentage)
        guard parts.count > 1 else { return }
        guard let hold = Duration.seconds(parsing: parts[1]) else {
            throw Issue(path: path, message: "\"\(shown)\" has no duration such as 90s, 10m, 2h or 1d after the colon")
        }
        self.hold = hold
    }

    /// The step as JSON.
    var json: JSONValue {
        if !self.needsApproval, self.guards.isEmpty { return .string(self.shortForm) }
        var members: [String: JSONValue] = ["percentage": self.percentage.json]
        if self.hold > 0 { members["hold"] = .string(Duration.text(seconds: self.hold)) }
        if self.needsApproval { members["approval"] = true }
        if !self.guards.isEmpty { members["guards"] = .array(self.guards.map(\.json)) }
        return .object(members)
    }

    /// Reads a step: the short form, or `percentage`, `hold`, `approval` and `guards`.
    ///
    /// - Throws: ``FlagModel/InvalidDocument`` with every fault.
    init(json: JSONValue, at path: String) throws(InvalidDocument) {
        if let text = json.stringValue {
            do {
                try self.init(shortForm: text, at: path)
                return
            } catch {
                throw InvalidDocument([error])
            }
        }
        var reader = DocumentReader(json, at: path)
        let number = reader.require("percentage", reader.number("percentage"), "a number from 0 to 100")
        let percentage = number.flatMap(Percentage.init(percent:))
        if number != nil, percentage == nil {
            reader.fail("percentage", "expected a percentage: 0 to 100, in steps of 0.001")
        }
        let hold = reader.durationSeconds("hold") ?? 0
        let needsApproval = reader.bool("approval") ?? false
        let guards = reader.guards()
        reader.finish()
        guard reader.issues.isEmpty, let percentage else { throw InvalidDocument(reader.issues) }
        self.init(percentage: percentage, hold: hold, needsApproval: needsApproval, guards: guards)
    }
}
