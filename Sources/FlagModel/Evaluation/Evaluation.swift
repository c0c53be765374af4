/// What a flag answered for one context (OpenFeature's resolution details).
public struct Evaluation: Sendable, Hashable {
    /// A reference, so that handing out an answer that was worked out beforehand retains one object, not every text in it.
    private var outcome: Outcome

    /// An answer.
    public init(value: JSONValue?, variant: String?, reason: EvaluationReason) {
        self.outcome = Outcome(Parts(value: value, variant: variant, reason: reason))
    }

    /// A failure; the caller's default applies.
    public init(failure code: EvaluationErrorCode, _ details: String) {
        self.outcome = Outcome(Parts(reason: .error, errorCode: code, errorDetails: details))
    }

    /// The value; nil: the caller's own default applies.
    public var value: JSONValue? {
        get { self.outcome.parts.value }
        set { self.change { $0.value = newValue } }
    }

    /// The variant that has the value.
    public var variant: String? {
        get { self.outcome.parts.variant }
        set { self.change { $0.variant = newValue } }
    }

    /// Why.
    public var reason: EvaluationReason {
        get { self.outcome.parts.reason }
        set { self.change { $0.reason = newValue } }
    }

    /// What went wrong, when the reason is ``EvaluationReason/error``.
    public var errorCode: EvaluationErrorCode? {
        get { self.outcome.parts.errorCode }
        set { self.change { $0.errorCode = newValue } }
    }

    /// What went wrong, for people.
    public var errorDetails: String? {
        get { self.outcome.parts.errorDetails }
        set { self.change { $0.errorDetails = newValue } }
    }

    /// Whether two answers are the same in every part.
    public static func == (left: Self, right: Self) -> Bool {
        left.outcome === right.outcome || left.outcome.parts == right.outcome.parts
    }

    /// Hashes every part.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.outcome.parts)
    }

    private mutating func change(_ edit: (inout Parts) -> Void) {
        var parts = self.outcome.parts
        edit(&parts)
        self.outcome = Outcome(parts)
    }

    private struct Parts: Hashable {
        var value: JSONValue?
        var variant: String?
        var reason: EvaluationReason
        var errorCode: EvaluationErrorCode?
        var errorDetails: String?
    }

    private final class Outcome: Sendable {
        let parts: Parts

        init(_ parts: Parts) { self.parts = parts }
    }
}
