public import FlagModel
internal import Yams

/// Reads and writes YAML as the JSON that it stands for.
///
/// Plain scalars mean what YAML 1.2's core schema says, so `on`, `off`, `yes` and `no` are strings; a mapping's keys are
/// always their literal text. What JSON cannot say, or two readers may read differently, is refused: a key that stands
/// twice, more than one document, infinities, tags of one's own, merge keys.
public enum YAMLDocument {
    /// How many values a document may have once its aliases are expanded; a few lines of nested aliases make billions.
    public static let maximumValues = 1_000_000

    /// The value that `text`, one YAML document (or JSON, which is YAML), stands for.
    ///
    /// - Throws: ``YAMLSyntaxError`` with the place of the first fault.
    public static func parse(_ text: String) throws(YAMLSyntaxError) -> JSONValue {
        let root: Node?
        do {
            // The basic resolver leaves plain scalars alone: they are resolved here, after YAML 1.2 rather than 1.1.
            root = try Yams.compose(yaml: text, .basic)
        } catch let error as YamlError {
            throw YAMLSyntaxError(error, in: text)
        } catch {
            throw YAMLSyntaxError(reason: String(describing: error), line: 1, column: 1)
        }
        guard let root else { throw YAMLSyntaxError(reason: "the document is empty", line: 1, column: 1) }
        var reader = YAMLReader()
        return try reader.value(of: root, depth: 0)
    }

    /// `value` as a YAML document: keys sorted, two spaces of indentation, small collections on one line, strings quoted
    /// wherever a reader of YAML 1.1 or 1.2 could take them for something else.
    ///
    /// ``parse(_:)`` of it is the same value, but for two things: whole numbers come back as integers, as from JSON, and a
    /// byte order mark at the start of a string is lost.
    public static func emit(_ value: JSONValue) -> String {
        var writer = YAMLWriter()
        writer.writeDocument(value)
        return writer.text
    }
}

extension YAMLSyntaxError {
    fileprivate init(_ error: YamlError, in text: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let place = context.map { "\($0.text) that begins on line \($0.mark.line), " } ?? ""
            self.init(reason: place + problem, line: mark.line, column: mark.column)
        case .composer(let context, let problem, let mark, _):
            self.init(
                reason: [context?.text, problem].compactMap(\.self).joined(separator: " "), line: mark.line,
                column: mark.column)
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            self.init(
                reason: "the key \(names) stands twice in one mapping", line: context.mark.line,
                column: context.mark.column)
        case .reader(let problem, let offset, _, _):
            let before = text.prefix(offset ?? 0)
            let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
            self.init(
                reason: problem, line: max(1, lines.count), column: (lines.last?.unicodeScalars.count ?? 0) + 1)
        default:
            self.init(reason: String(describing: error), line: 1, column: 1)
        }
    }
}
