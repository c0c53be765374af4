public import FlagModel

/// Why a rollout stopped, or stands still.
public struct RolloutReason: Sendable, Hashable {
    /// What kind of reason it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Someone paused it.
        case byHand = "by-hand"
        /// A guard failed.
        case guardFailed = "guard-failed"
        /// Something is wrong that the rollout has not caused.
        case outage
        /// A guard came to no verdict in time.
        case undecided
        /// Someone else changed the flag.
        case changedByOthers = "changed-by-others"
        /// The step was refused, as by an invariant.
        case stepRefused = "step-refused"
        /// The way back was refused, as by an invariant.
        case rollbackRefused = "rollback-refused"
        /// The flag was killed.
        case killed
        /// Someone undid it.
        case undone
        /// Someone rolled the environment back.
        case rolledBackByHand = "rolled-back-by-hand"
        /// What is stored of it cannot be read.
        case unreadable
    }

    /// What kind of reason it is.
    public var kind: Kind
    /// What exactly, for people: the guard and its numbers, or the refusal.
    public var detail: String
    /// The numbers of a guard that decided: ``GuardReading/json``.
    public var evidence: JSONValue?

    /// A reason.
    public init(_ kind: Kind, _ detail: String = "", evidence: JSONValue? = nil) {
        self.kind = kind
        self.detail = detail
        self.evidence = evidence
    }

    /// The reason as JSON.
    public var json: JSONValue {
        var members: [String: JSONValue] = ["kind": .string(self.kind.rawValue), "detail": .string(self.detail)]
        if let evidence = self.evidence { members["evidence"] = evidence }
        return .object(members)
    }

    /// Reads the form that ``json`` writes; nil for anything else.
    public init?(json: JSONValue?) {
        guard let kind = json?["kind"]?.stringValue.flatMap(Kind.init(rawValue:)) else { return nil }
        self.init(kind, json?["detail"]?.stringValue ?? "", evidence: json?["evidence"])
    }
}

extension RolloutReason {
    /// The reason in one line.
    public var text: String { self.detail.isEmpty ? self.kind.rawValue : "\(self.kind.rawValue): \(self.detail)" }
}
