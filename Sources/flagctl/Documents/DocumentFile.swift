import FlagAPI
import FlagModel

/// Reads files that people write: YAML or JSON, from disk or from standard input.
enum DocumentFile {
    /// The value in a file; `-` is standard input.
    static func value(_ path: String, _ session: Session) throws(Failure) -> JSONValue {
        let (text, name) = try Self.text(path, session)
        do {
            return try path.hasSuffix(".json") ? Self.json(text) : YAMLDocument.parse(text)
        } catch {
            throw Failure(.invalid, "document-syntax", "\(name): \(error)")
        }
    }

    /// The environment that a file declares.
    static func environment(_ path: String, _ session: Session) throws(Failure) -> EnvironmentDocument {
        let json = try Self.value(path, session)
        do {
            return try EnvironmentDocument(json: json)
        } catch {
            throw Failure(error, in: Self.name(path))
        }
    }

    /// A file's text, and what to call it in a message.
    static func text(_ path: String, _ session: Session) throws(Failure) -> (text: String, name: String) {
        let name = Self.name(path)
        let bytes: [UInt8]
        if path == "-" {
            guard let input = session.surroundings.console.readAll(upTo: FileAccess.limit) else {
                throw Failure(.invalid, "document-too-large", "\(name) has more than \(FileAccess.limit) bytes")
            }
            bytes = input
        } else {
            do {
                bytes = try FileAccess.read(path)
            } catch {
                throw Failure(.error, "file-unreadable", "cannot read \(path): \(error.reason)")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.invalid, "document-syntax", "\(name) is not UTF-8 text")
        }
        return (text, name)
    }

    private static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

    /// JSON errors say more than YAML errors where the text is meant to be JSON.
    private static func json(_ text: String) throws(YAMLSyntaxError) -> JSONValue {
        do {
            return try JSONParser.parse(text)
        } catch {
            throw YAMLSyntaxError(reason: error.reason, line: error.line, column: error.column)
        }
    }
}
