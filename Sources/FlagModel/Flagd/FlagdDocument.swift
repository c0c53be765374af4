/// Flags as flagd's JSON defines them (`https://flagd.dev/schema/v0/flags.json`), read into ours.
public struct FlagdDocument: Sendable, Hashable {
    /// The address of the schema that an export names.
    public static let schema = "https://flagd.dev/schema/v0/flags.json"
    /// How `fractional` hashes: MurmurHash3 of the text, scaled by the total weight, as the flagd daemon does it.
    public static let bucketing = "v2"
    /// The set's metadata that names the bucketing, so that another algorithm is told apart and not taken for this one.
    static let bucketingMember = "signalbox.fractional"
    /// A flag's metadata that names its type where the variants do not tell it.
    static let typeMember = "signalbox.type"

    /// The flags by key.
    public var flags: [FlagKey: FlagDefinition]
    /// The set's `$evaluators`.
    public var segments: [SegmentName: Segment]
    /// The set's metadata.
    public var metadata: [String: JSONValue]

    /// The document as an environment's content.
    public var content: EnvironmentContent {
        EnvironmentContent(flags: self.flags, segments: self.segments, metadata: self.metadata)
    }
}
