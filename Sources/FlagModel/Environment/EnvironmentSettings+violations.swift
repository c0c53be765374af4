extension EnvironmentSettings {
    /// The invariants that `content` breaks, each with the flags that it reads.
    public func violations(by content: EnvironmentContent) -> [InvariantViolation] {
        guard !self.invariants.isEmpty else { return [] }
        let facts: JSONValue = ["protected": .bool(self.isProtected), "flags": Self.facts(of: content)]
        return self.invariants.compactMap { invariant in
            invariant.isKept(by: facts)
                ? nil
                : InvariantViolation(
                    invariant: invariant.name, message: invariant.message,
                    flags: invariant.flagKeys.filter { content.flags[$0] != nil })
        }
    }

    /// The facts of every flag, where `flags.KEY` finds them: a rule's variable goes down one level at each dot, so a key
    /// with dots has levels of its own.
    private static func facts(of content: EnvironmentContent) -> JSONValue {
        var root = JSONValue.object([:])
        // Sorted, so that `a` comes before `a.b`, which then stands beside the facts of `a`.
        for (key, flag) in CompiledContent(content).flags.sorted(by: { $0.key < $1.key }) {
            let path = key.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            root.merge(flag.facts, at: path[...])
        }
        return root
    }
}

extension JSONValue {
    /// Adds `members` to the object at `path`, making the levels that are not there yet.
    fileprivate mutating func merge(_ members: [String: JSONValue], at path: ArraySlice<String>) {
        var own = self.objectValue ?? [:]
        if let name = path.first {
            var child = own[name] ?? .object([:])
            child.merge(members, at: path.dropFirst())
            own[name] = child
        } else {
            own.merge(members) { _, new in new }
        }
        self = .object(own)
    }
}
