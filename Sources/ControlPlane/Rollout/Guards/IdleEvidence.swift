internal import FlagModel

/// What a verdict on a pathway's idleness rests on.
public struct IdleEvidence: Sendable, Hashable {
    /// What is wanted.
    public var condition: IdleCondition
    /// What is known.
    public var idleness: PathwayIdleness
    /// For how long nobody is known to have come in, in milliseconds; nil: nothing is known.
    public var milliseconds: Int64?

    /// Evidence.
    public init(condition: IdleCondition, idleness: PathwayIdleness, milliseconds: Int64?) {
        self.condition = condition
        self.idleness = idleness
        self.milliseconds = milliseconds
    }

    /// The evidence as members of a JSON object.
    var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "pathway": .string(self.condition.pathway), "for": .string(Duration.text(seconds: self.condition.seconds)),
        ]
        if let milliseconds = self.milliseconds { members["milliseconds"] = .integer(milliseconds) }
        for (name, moment) in [
            ("watchedSince", self.idleness.watchedSince), ("lastGrant", self.idleness.lastGrant),
            ("lastGrantElsewhere", self.idleness.lastGrantElsewhere),
        ] {
            if let moment { members[name] = .string(moment.description) }
        }
        return members
    }
}

extension IdleEvidence: CustomStringConvertible {
    /// The evidence in one line.
    public var description: String {
        let wanted = "of \(Duration.text(seconds: self.condition.seconds))"
        guard let milliseconds = self.milliseconds else {
            return "the use of \(self.condition.pathway) is not counted yet"
        }
        let seconds = milliseconds / 1000
        // Whole minutes, then hours, then days: nobody waits for seconds here.
        let unit: Int64 = seconds >= 86_400 ? 86_400 : seconds >= 3600 ? 3600 : 60
        let idle = Duration.text(seconds: max(0, seconds - seconds % unit))
        guard let elsewhere = self.idleness.lastGrantElsewhere else {
            return
                "nobody came in by \(self.condition.pathway) for \(idle) \(wanted), and nobody by any other pathway either"
        }
        return
            "nobody came in by \(self.condition.pathway) for \(idle) \(wanted); by another pathway last at \(elsewhere)"
    }
}
