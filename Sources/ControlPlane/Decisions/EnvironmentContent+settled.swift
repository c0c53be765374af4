internal import FlagModel

extension EnvironmentContent {
    /// The same content, in which each flag and segment that says the same as it does in `before` is the very same value.
    ///
    /// A rule with `1.0` and one with `1` are equal as JSON and have one digest, but are different values of
    /// ``FlagModel/JSONValue``; without this, applying a document to what was read back from storage would make revisions
    /// that change nothing.
    func settled(like before: EnvironmentContent) -> EnvironmentContent {
        var content = self
        for (key, definition) in self.flags {
            guard let other = before.flags[key], other != definition,
                other.json.canonical == definition.json.canonical
            else { continue }
            content.flags[key] = other
        }
        for (name, segment) in self.segments {
            guard let other = before.segments[name], other != segment,
                other.json.canonical == segment.json.canonical
            else { continue }
            content.segments[name] = other
        }
        return content
    }
}
