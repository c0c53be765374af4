internal import FlagAPI
internal import FlagModel

/// The settings as they were given, flag before environment variable before file, not yet understood.
struct SettingValues: Sendable {
    /// One setting's text, and where it stood.
    struct Entry: Sendable, Hashable {
        var text: String
        var source: SettingSource
    }

    private var entries: [Setting: Entry] = [:]
    /// Variables that look like a slip of the pen, each with the name that was perhaps meant.
    private(set) var suspicious: [(variable: String, suggestion: String)] = []

    /// What was given for `setting`, or nil.
    subscript(_ setting: Setting) -> Entry? { self.entries[setting] }

    /// Gathers the settings of all three sources. An empty value counts as not given, unless a secret is expected: then
    /// something went wrong where it was to be filled in.
    ///
    /// - Parameters:
    ///   - flags: What the command line says.
    ///   - environment: The process's environment variables.
    ///   - files: Reads the configuration file.
    /// - Throws: ``ConfigurationError`` when the file cannot be read or holds what it should not.
    init(
        flags: [Setting: String] = [:], environment: [String: String] = [:], files: any FileReading
    ) throws(ConfigurationError) {
        for setting in Setting.allCases {
            if let text = flags[setting], !text.isEmpty {
                self.entries[setting] = Entry(text: text, source: .flag)
            } else if let text = environment[setting.variable], !text.isEmpty || setting.isSecret {
                self.entries[setting] = Entry(text: text, source: .environment)
            }
        }
        if let config = self.entries[.config] {
            for (setting, text) in try Self.read(config, files) where self.entries[setting] == nil {
                self.entries[setting] = Entry(text: text, source: .file(path: config.text))
            }
        }
        self.preferHigherVariant()
        self.suspicious = Self.slips(in: environment.keys)
    }

    /// The variables that begin like ours, are not ours, and differ from one of ours by little after the beginning.
    private static func slips(in variables: some Sequence<String>) -> [(variable: String, suggestion: String)] {
        let prefix = "SIGNALBOX_"
        let known = Setting.allCases.map(\.variable).filter { $0.hasPrefix(prefix) }
        return variables.sorted().filter { $0.hasPrefix(prefix) && !known.contains($0) }.compactMap { variable in
            let names = known.map { String($0.dropFirst(prefix.count)) }
            return NearestName.suggestion(for: String(variable.dropFirst(prefix.count)), among: names)
                .map { (variable, prefix + $0) }
        }
    }

    /// A secret and the file that holds it are one setting: the source that counts for more decides between the two.
    private mutating func preferHigherVariant() {
        for setting in Setting.allCases {
            guard let variant = setting.fileVariant, let plain = self.entries[setting], let file = self.entries[variant]
            else { continue }
            if plain.source < file.source { self.entries[setting] = nil }
            if file.source < plain.source { self.entries[variant] = nil }
        }
    }

    private static func read(
        _ config: Entry, _ files: any FileReading
    ) throws(ConfigurationError) -> [(Setting, String)] {
        func fail(_ message: String) -> ConfigurationError {
            ConfigurationError(config.source.name(of: .config), message)
        }
        let document: JSONValue
        do {
            document = try YAMLDocument.parse(files.readText(config.text))
        } catch let error as FileFailure {
            throw fail(error.description)
        } catch {
            throw fail("\(config.text): \(error)")
        }
        guard let members = document.objectValue else {
            throw fail("\(config.text) holds \(document.kind); write one key: value a line")
        }
        var values: [(Setting, String)] = []
        var issues: [ConfigurationError.Issue] = []
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let setting = Setting.inFile(name) else {
                let hint = Setting.suggestion(for: name).map { "; did you mean \($0)?" } ?? ""
                issues.append(.init(config.text, "\(name) is not a setting\(hint)"))
                continue
            }
            guard let text = Self.text(of: value) else {
                issues.append(.init(config.text, "\(name): expected a text or a number, found \(value.kind)"))
                continue
            }
            values.append((setting, text))
        }
        guard issues.isEmpty else { throw ConfigurationError(issues) }
        return values
    }

    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .array(let elements):
            elements.allSatisfy { $0.stringValue != nil }
                ? elements.compactMap(\.stringValue).joined(separator: ",") : nil
        default: nil
        }
    }
}
