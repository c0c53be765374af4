/// One step of a changeset.
///
/// Steps say what is meant (`rollout of X to 25 %`) rather than what results, so that a changeset can be applied again to
/// a newer revision without undoing what others did meanwhile.
public enum FlagChange: Sendable, Hashable {
    /// Adds a flag, or replaces its whole definition.
    case put(FlagKey, FlagDefinition)
    /// Removes a flag.
    case remove(FlagKey)
    /// Switches a flag on, and lifts a kill.
    case enable(FlagKey)
    /// Switches a flag off: it gives no value.
    case disable(FlagKey)
    /// Makes a variant the one that is served by default.
    case serve(FlagKey, variant: String)
    /// Sets the value of the default variant.
    case set(FlagKey, value: JSONValue)
    /// Sets the share of users that get a variant; nil keeps the rollout's variant, or finds the one that is meant.
    case rollout(FlagKey, percentage: Percentage, variant: String?)
    /// Takes a flag to its safe variant for everyone, until it is enabled.
    case kill(FlagKey)
    /// Adds a segment, or replaces it.
    case putSegment(SegmentName, Segment)
    /// Removes a segment. Refused while a rule names it.
    case removeSegment(SegmentName)
    /// Refuses tickets issued before a moment, and those issued under a revision lower than the one that the changeset
    /// makes. Never moves backwards.
    case revokeTickets(before: Timestamp)
}

extension FlagChange {
    /// The flag concerned, if it is one.
    public var flag: FlagKey? {
        switch self {
        case .put(let key, _), .remove(let key), .enable(let key), .disable(let key), .serve(let key, _),
            .set(let key, _), .rollout(let key, _, _), .kill(let key):
            key
        case .putSegment, .removeSegment, .revokeTickets: nil
        }
    }
}
