/// A file of `environments/`: an environment's name, its settings, its flags and its segments.
public struct EnvironmentDocument: Sendable, Hashable {
    /// The environment.
    public var name: EnvironmentName
    /// Its settings; the members that it does not state have their defaults here.
    public var settings: EnvironmentSettings
    /// The settings that it states. Of an environment that exists, the others are left as they are.
    public var statedSettings: Set<EnvironmentSettings.Member>
    /// Its flags.
    public var flags: [FlagKey: FlagDefinition]
    /// Its segments.
    public var segments: [SegmentName: Segment]
    /// What callers are handed with every flag; nil: what the document leaves as it is.
    public var metadata: [String: JSONValue]?

    /// A document that states all settings.
    public init(
        name: EnvironmentName, settings: EnvironmentSettings, flags: [FlagKey: FlagDefinition],
        segments: [SegmentName: Segment] = [:], metadata: [String: JSONValue]? = nil
    ) {
        self.name = name
        self.settings = settings
        self.statedSettings = Set(EnvironmentSettings.Member.allCases)
        self.flags = flags
        self.segments = segments
        self.metadata = metadata
    }

    /// A document that states no settings: flags, segments and metadata for an environment as it is.
    public init(name: EnvironmentName, content: EnvironmentContent) {
        self.init(
            name: name, settings: EnvironmentSettings(), flags: content.flags, segments: content.segments,
            metadata: content.metadata)
        self.statedSettings = []
    }

    /// What the settings become where `current` hold: those that the document states, the others as they are.
    public func settings(over current: EnvironmentSettings) -> EnvironmentSettings {
        var settings = current
        for member in self.statedSettings {
            switch member {
            case .description: settings.description = self.settings.description
            case .protected: settings.isProtected = self.settings.isProtected
            case .invariants: settings.invariants = self.settings.invariants
            case .freezes: settings.freezes = self.settings.freezes
            }
        }
        return settings
    }

    /// The document as JSON, which is also its YAML.
    public var json: JSONValue {
        var members = (self.settings.json.objectValue ?? [:]).filter { name, _ in
            EnvironmentSettings.Member(rawValue: name).map(self.statedSettings.contains) ?? false
        }
        // None is a statement as well: it lifts those that there are.
        if self.statedSettings.contains(.freezes) {
            members[EnvironmentSettings.Member.freezes.rawValue] = .array(self.settings.freezes.map(\.json))
        }
        members["environment"] = .string(self.name.text)
        let content = EnvironmentContent(flags: self.flags, segments: self.segments)
        members.merge(content.json.objectValue ?? [:]) { _, own in own }
        if let metadata = self.metadata { members["metadata"] = .object(metadata) }
        return .object(members)
    }

    /// Reads the form that ``json`` writes.
    ///
    /// - Throws: ``InvalidDocument`` with every fault.
    public init(json: JSONValue, at path: String = "") throws(InvalidDocument) {
        var reader = DocumentReader(json, at: path)
        let text = reader.require("environment", reader.string("environment"), "the environment's name")
        let settings = EnvironmentSettings(reading: &reader)
        let stated = EnvironmentSettings.Member.allCases.filter { reader.value($0.rawValue) != nil }
        let content = EnvironmentContent(reading: &reader)
        let statesMetadata = reader.value("metadata") != nil
        if content.ticketsNotBefore != nil {
            reader.fail("ticketsNotBefore", "is set by revoking tickets, not by a file")
        }
        if content.ticketsNotBeforeRevision != nil {
            reader.fail("ticketsNotBeforeRevision", "is set by revoking tickets, not by a file")
        }
        reader.finish()
        var name: EnvironmentName?
        if let text {
            do {
                name = try EnvironmentName(parsing: text)
            } catch {
                reader.fail("environment", error.description)
            }
        }
        guard reader.issues.isEmpty, let name else { throw InvalidDocument(reader.issues) }
        self.init(
            name: name, settings: settings, flags: content.flags, segments: content.segments,
            metadata: statesMetadata ? content.metadata : nil)
        self.statedSettings = Set(stated)
    }
}
