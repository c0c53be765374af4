/// Reads settings one after the other and remembers every fault, so that one start names them all.
struct ConfigurationReader {
    let values: SettingValues
    let files: any FileReading
    private var issues: [ConfigurationError.Issue] = []

    init(values: SettingValues, files: any FileReading) {
        self.values = values
        self.files = files
    }

    /// The setting as it was given, for messages.
    func name(of setting: Setting) -> String {
        self.values[setting]?.source.name(of: setting) ?? setting.variable
    }

    /// Notes a fault.
    mutating func fail(_ name: String, _ message: String) {
        self.issues.append(.init(name, message))
    }

    /// Sets `target` when the setting was given.
    mutating func set(_ target: inout String, _ setting: Setting) {
        if let entry = self.values[setting] { target = entry.text }
    }

    /// Sets `target` to what `parse` makes of the setting; nil is a fault that `expectation` explains.
    mutating func set<Value>(
        _ target: inout Value, _ setting: Setting, _ expectation: String, _ parse: (String) -> Value?
    ) {
        guard let entry = self.values[setting] else { return }
        guard let value = parse(entry.text) else {
            return self.fail(self.name(of: setting), "\"\(entry.text)\" cannot be used: \(expectation)")
        }
        target = value
    }

    /// Sets `target` to what `parse` makes of the setting; its error is the fault.
    mutating func set<Value, Failure: Error>(
        _ target: inout Value, _ setting: Setting, _ parse: (String) throws(Failure) -> Value
    ) {
        guard let entry = self.values[setting] else { return }
        do throws(Failure) {
            target = try parse(entry.text)
        } catch {
            self.fail(self.name(of: setting), "\(error)")
        }
    }

    /// What `parse` makes of a secret, from its setting or from the file that holds it; nil when neither was given.
    ///
    /// - Parameter parse: Its error is the fault, and must not show the secret.
    mutating func secret<Value, Failure: Error>(
        _ setting: Setting, _ parse: (String) throws(Failure) -> Value
    ) -> Value? {
        guard let variant = setting.fileVariant else { return nil }
        if self.values[setting] != nil, self.values[variant] != nil {
            self.fail(
                self.name(of: setting), "is given as well as \(self.name(of: variant)); take one of them away")
            return nil
        }
        let name: String
        let text: String
        if let entry = self.values[setting] {
            name = self.name(of: setting)
            text = entry.text
        } else if let (content, path) = self.file(variant) {
            name = "\(self.name(of: variant)) (\(path))"
            // What an editor or echo puts at the end is not meant.
            text = String(content.drop(while: \.isNewline).trimmingSuffix(while: \.isNewline))
        } else {
            return nil
        }
        guard !text.isEmpty else {
            self.fail(name, "is empty; write the secret into it, or take the setting away")
            return nil
        }
        do throws(Failure) {
            return try parse(text)
        } catch {
            self.fail(name, "\(error)")
            return nil
        }
    }

    /// The text of the file that the setting names; nil when it was not given or cannot be read, which is a fault.
    mutating func file(_ setting: Setting) -> (text: String, path: String)? {
        guard let entry = self.values[setting] else { return nil }
        do throws(FileFailure) {
            return (try self.files.readText(entry.text), entry.text)
        } catch {
            self.fail(self.name(of: setting), error.description)
            return nil
        }
    }

    /// Ends the reading.
    ///
    /// - Throws: ``ConfigurationError`` when there were faults.
    func finish() throws(ConfigurationError) {
        guard self.issues.isEmpty else { throw ConfigurationError(self.issues) }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        self[..<(self.lastIndex { !predicate($0) }.map(self.index(after:)) ?? self.startIndex)]
    }
}
