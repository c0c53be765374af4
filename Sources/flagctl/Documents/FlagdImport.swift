import FlagModel

/// Takes flagd's JSON into an environment as it is.
enum FlagdImport {
    /// What to apply. A flag or segment that exists keeps what flagd's form has no room for: description, owner, safe
    /// variant, policy for staleness and constraints, as far as they fit the flag that it becomes.
    static func document(
        _ imported: FlagdDocument, into name: EnvironmentName, over current: EnvironmentContent
    ) -> EnvironmentDocument {
        var content = imported.content
        for name in content.segments.keys {
            content.segments[name]?.description = current.segments[name]?.description ?? ""
        }
        for (key, definition) in content.flags {
            guard let before = current.flags[key] else { continue }
            content.flags[key] = Self.complete(definition, from: before, key)
        }
        return EnvironmentDocument(name: name, content: content)
    }

    private static func complete(
        _ imported: FlagDefinition, from before: FlagDefinition, _ key: FlagKey
    ) -> FlagDefinition {
        var definition = imported
        definition.description = before.description
        definition.owner = before.owner
        let additions: [(inout FlagDefinition) -> Void] = [
            { $0.safeVariant = before.safeVariant }, { $0.onStale = before.onStale },
            { $0.constraints = before.constraints },
        ]
        for add in additions {
            var candidate = definition
            add(&candidate)
            if candidate.issues(at: key.text).isEmpty { definition = candidate }
        }
        return definition
    }
}
