import FlagAPI
import FlagModel

/// Finds, reads and writes `config.yaml`.
struct ConfigurationStore: Sendable {
    /// Where the file is: `$XDG_CONFIG_HOME/flagctl/config.yaml`, by default under `~/.config`.
    let path: String

    init(_ surroundings: Surroundings) {
        let home = surroundings.variable("HOME") ?? "."
        let folder = surroundings.variable("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        self.path = (folder ?? home + "/.config") + "/flagctl/config.yaml"
    }

    /// The configuration; an empty one when there is no file.
    func load() throws(Failure) -> ConfigurationFile {
        try self.loadIfPresent() ?? ConfigurationFile()
    }

    /// The configuration, or nil when there is no file.
    func loadIfPresent() throws(Failure) -> ConfigurationFile? {
        let bytes: [UInt8]
        do {
            bytes = try FileAccess.read(self.path)
        } catch {
            if error.isMissing { return nil }
            throw Failure(.error, "configuration-unreadable", "cannot read \(self.path): \(error.reason)")
        }
        let hint = "mend the file, or move it away and start anew: mv \(self.path) \(self.path).broken"
        let json: JSONValue
        do {
            json = try YAMLDocument.parse(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Failure(.invalid, "document-syntax", "\(self.path): \(error)", hint: hint)
        }
        do {
            return try ConfigurationFile(json: json)
        } catch {
            throw Failure(error, in: self.path, hint: hint)
        }
    }

    /// Writes the configuration, for its owner's eyes only.
    func save(_ configuration: ConfigurationFile) throws(Failure) {
        do {
            try FileAccess.replacePrivately(self.path, with: Array(configuration.text.utf8))
        } catch {
            throw Failure(.error, "configuration-not-written", "cannot write \(self.path): \(error.reason)")
        }
    }

    /// What a person should mend: a file with tokens that others can read.
    func warning(about configuration: ConfigurationFile) -> String? {
        guard configuration.holdsTokens, let permissions = FileAccess.permissions(self.path), permissions & 0o077 != 0
        else { return nil }
        return "others can read the tokens in \(self.path) (mode \(String(permissions, radix: 8))): "
            + "chmod 600 \(self.path)"
    }
}
