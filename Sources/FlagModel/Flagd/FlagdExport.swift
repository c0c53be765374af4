/// An environment's flags as flagd's JSON, and the flags that could not be said in it.
public struct FlagdExport: Sendable {
    /// The document: `$schema`, `flags`, `$evaluators`, `metadata`. Refused flags are not in it.
    public let document: JSONValue
    /// The flags that are missing from the document, sorted by key.
    public let refusals: [FlagdRefusal]
}

extension FlagdDocument {
    /// The flags, segments and metadata of `content` in flagd's form.
    ///
    /// Every exported flag gives the variant there that ``CompiledFlag/evaluate(_:timestamp:)`` gives here. What flagd does
    /// not know (description, owner, safe variant, policy for staleness, constraints) is left out: metadata goes to every
    /// caller, these are not meant for them.
    public static func export(_ content: EnvironmentContent) -> FlagdExport {
        let exporter = FlagdExporter(content)
        var flags: [String: JSONValue] = [:]
        var refusals: [FlagdRefusal] = []
        for (key, definition) in content.flags.sorted(by: { $0.key < $1.key }) {
            do throws(FlagdRefusal) {
                flags[key.text] = try exporter.flag(key, definition)
            } catch {
                refusals.append(error)
            }
        }
        var metadata = content.metadata.filter { !$0.key.isEmpty }
        metadata[Self.bucketingMember] = .string(Self.bucketing)
        var members: [String: JSONValue] = [
            "$schema": .string(Self.schema), "flags": .object(flags), "metadata": .object(metadata),
        ]
        let evaluators = exporter.segments.evaluators
        if !evaluators.isEmpty { members["$evaluators"] = .object(evaluators) }
        return FlagdExport(document: .object(members), refusals: refusals)
    }
}
