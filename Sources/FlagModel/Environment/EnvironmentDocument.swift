/// A file of `environments/`: an environment's name, its settings and its flags.
public struct EnvironmentDocument: Sendable, Hashable {
    /// The environment.
    public var name: EnvironmentName
    /// Its settings; the members that it does not state have their defaults here.
    public var settings: EnvironmentSettings
    /// The settings that it states. Of an environment that exists, the others are left as they are.
    public var statedSettings: Set<EnvironmentSettings.Member>
    /// Its flags.
    public var flags: [FlagKey: FlagDefinition]

    /// A document that states all settings.
    public init(name: EnvironmentName, settings: EnvironmentSettings, flags: [FlagKey: FlagDefinition]) {
        self.name = name
        self.settings = settings
        self.statedSettings = Set(EnvironmentSettings.Member.allCases)
        self.flags = flags
    }

    /// What the settings become where `current` hold: those that the document states, the others as they are.
    public func settings(over current: EnvironmentSettings) -> EnvironmentSettings {
        var settings = current
        for member in self.statedSettings {
            switch member {
            case .description: settings.description = self.settings.description
            case .protected: settings.isProtected = self.settings.isProtected
            case .invariants: settings.invariants = self.settings.invariants
            }
        }
        return settings
    }

    /// The document as JSON, which is also its YAML.
    public var json: JSONValue {
        var members = (self.settings.json.objectValue ?? [:]).filter { name, _ in
            EnvironmentSettings.Member(rawValue: name).map(self.statedSettings.contains) ?? false
        }
        members["environment"] = .string(self.name.text)
        members["flags"] = EnvironmentContent(flags: self.flags).json["flags"]
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
        self.init(name: name, settings: settings, flags: content.flags)
        self.statedSettings = Set(stated)
    }
}
