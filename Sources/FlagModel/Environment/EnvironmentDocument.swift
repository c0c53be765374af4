/// A file of `environments/`: an environment's name, its settings and its flags.
public struct EnvironmentDocument: Sendable, Hashable {
    /// The environment.
    public var name: EnvironmentName
    /// Its settings.
    public var settings: EnvironmentSettings
    /// Its flags.
    public var flags: [FlagKey: FlagDefinition]

    /// A document.
    public init(name: EnvironmentName, settings: EnvironmentSettings, flags: [FlagKey: FlagDefinition]) {
        self.name = name
        self.settings = settings
        self.flags = flags
    }

    /// The document as JSON, which is also its YAML.
    public var json: JSONValue {
        var members = self.settings.json.objectValue ?? [:]
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
        let content = EnvironmentContent(reading: &reader)
        if content.ticketsNotBefore != nil {
            reader.fail("ticketsNotBefore", "is set by revoking tickets, not by a file")
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
    }
}
