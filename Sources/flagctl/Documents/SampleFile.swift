import FlagAPI
import FlagModel

/// Reads a sample of evaluation contexts: a JSON array, JSON lines, or a YAML list.
enum SampleFile {
    /// The contexts in a file; `-` is standard input.
    static func contexts(_ path: String, _ session: Session) throws(Failure) -> [[String: JSONValue]] {
        let (text, name) = try DocumentFile.text(path, session)
        let values =
            text.first { !$0.isWhitespace } == "{" ? try Self.lines(text, name) : try Self.list(text, name)
        guard !values.isEmpty else { throw Failure(.invalid, "sample-empty", "\(name) holds no context") }
        guard values.count <= ImpactSample.maximumCount else {
            throw Failure(
                .invalid, "sample-too-large",
                "\(name) holds \(values.count) contexts; a sample has \(ImpactSample.maximumCount) at most")
        }
        return try Self.members(of: values, name)
    }

    private static func lines(_ text: String, _ name: String) throws(Failure) -> [JSONValue] {
        var values: [JSONValue] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { !$0.isWhitespace }) {
            do {
                values.append(try JSONParser.parse(String(line)))
            } catch {
                throw Failure(
                    .invalid, "document-syntax", "\(name), line \(number + 1): \(error.reason)",
                    hint: "one context a line, or all of them in a JSON array or a YAML list")
            }
        }
        return values
    }

    private static func list(_ text: String, _ name: String) throws(Failure) -> [JSONValue] {
        let value: JSONValue
        do {
            value = try YAMLDocument.parse(text)
        } catch {
            throw Failure(.invalid, "document-syntax", "\(name): \(error)")
        }
        guard let values = value.arrayValue else {
            throw Failure(.invalid, "document-invalid", "\(name): expected a list of contexts, found \(value.kind)")
        }
        return values
    }

    private static func members(of values: [JSONValue], _ name: String) throws(Failure) -> [[String: JSONValue]] {
        var contexts: [[String: JSONValue]] = []
        contexts.reserveCapacity(values.count)
        for (position, value) in values.enumerated() {
            guard let members = value.objectValue else {
                throw Failure(
                    .invalid, "document-invalid",
                    "\(name): context \(position + 1): expected an object, found \(value.kind)")
            }
            contexts.append(members)
        }
        return contexts
    }
}
