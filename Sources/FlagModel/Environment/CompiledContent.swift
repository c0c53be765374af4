/// The flags of a content, each ready for evaluation.
///
/// Flags are compiled after those that they require. A circle cannot be committed; should there be one all the same, the
/// flags on it answer with an error rather than for ever.
struct CompiledContent: Sendable {
    /// The flags by key.
    private(set) var flags: [FlagKey: CompiledFlag] = [:]
    /// The segments.
    let segments: CompiledSegments

    /// Compiles a content.
    init(_ content: EnvironmentContent) {
        self.segments = CompiledSegments(content.segments)
        self.flags.reserveCapacity(content.flags.count)
        var onTheWay: [FlagKey] = []
        for key in content.flags.keys { self.compile(key, of: content, &onTheWay) }
    }

    /// Compiles what has changed since `previous`, and what depends on it; the rest is taken over.
    init(_ content: EnvironmentContent, changed: Set<FlagKey>, since previous: CompiledContent) {
        self.segments = previous.segments
        // Where no flag requires another, as nearly everywhere, nothing has to be looked for.
        let hasPrerequisites =
            previous.flags.values.contains { !$0.definition.prerequisites.isEmpty }
            || changed.contains { content.flags[$0]?.prerequisites.isEmpty == false }
        let affected = hasPrerequisites ? content.dependants(of: changed).union(changed) : changed
        self.flags = previous.flags
        for key in affected { self.flags[key] = nil }
        var onTheWay: [FlagKey] = []
        for key in affected where content.flags[key] != nil { self.compile(key, of: content, &onTheWay) }
    }

    private mutating func compile(_ key: FlagKey, of content: EnvironmentContent, _ onTheWay: inout [FlagKey]) {
        guard self.flags[key] == nil, let definition = content.flags[key], !onTheWay.contains(key) else { return }
        // Nothing that was committed is as deep; a document from elsewhere does not get to choose how deep we recurse.
        guard onTheWay.count <= EnvironmentContent.maximumPrerequisiteCost else { return }
        onTheWay.append(key)
        defer { onTheWay.removeLast() }
        var prerequisites: [CompiledPrerequisite] = []
        for prerequisite in definition.prerequisites {
            self.compile(prerequisite.flag, of: content, &onTheWay)
            guard let flag = self.flags[prerequisite.flag] else { continue }
            prerequisites.append(CompiledPrerequisite(flag: flag, variant: prerequisite.variant))
        }
        self.flags[key] = CompiledFlag(
            key: key, definition: definition, segments: self.segments, prerequisites: prerequisites)
    }
}
