/// What a `$ref` in a rule stands for while the rule is compiled.
enum SegmentResolution {
    /// The rule may name no segment: an invariant speaks of flags.
    case forbidden
    /// Any name will do: the rule is looked at by itself, and what it names is looked for later.
    case open
    /// These segments are what there is.
    case table(CompiledSegments)
}
