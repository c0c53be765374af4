import FlagAPI
import FlagModel

/// One run of one command: its surroundings, and how its output is to look.
struct Session: Sendable {
    /// Everything outside.
    let surroundings: Surroundings
    /// For people, or for which programs.
    let format: OutputFormat
    /// Styles for standard output.
    let style: Style
    /// Styles for standard error.
    let errorStyle: Style

    init(_ surroundings: Surroundings, format: OutputFormat = .table, isPlain: Bool = false) {
        self.surroundings = surroundings
        self.format = format
        self.style = Style(for: .output, surroundings, isRefused: isPlain)
        self.errorStyle = Style(for: .errors, surroundings, isRefused: isPlain)
    }

    /// Prints what was asked for: `value` for programs, `text` for people.
    func show(_ value: some Encodable, _ text: () -> String) throws(Failure) {
        switch self.format {
        case .table: try self.write(text())
        case .json: try self.write(try Self.json(value).pretty + "\n")
        case .yaml: try self.write(YAMLDocument.emit(try Self.json(value)))
        }
    }

    /// Writes to standard output.
    ///
    /// - Throws: ``Failure`` when it cannot be written: what was asked for is lost, and nobody should think otherwise.
    func write(_ text: String) throws(Failure) {
        do {
            try self.surroundings.console.write(text)
        } catch {
            throw Failure(unwritten: error)
        }
    }

    /// Tells a person something that is not what was asked for. A program is told nothing: what it reads on standard
    /// error is a problem, whole.
    func note(_ text: String) {
        guard self.format == .table else { return }
        self.surroundings.console.tell(text + "\n")
    }

    /// Warns a person.
    func warn(_ text: String) {
        self.note(self.errorStyle.apply(.yellow, "warning:") + " " + text)
    }

    /// Reports a failure: as a problem in the chosen format, or in words.
    func report(_ failure: Failure) {
        switch self.format {
        case .table:
            self.surroundings.console.tell(failure.text(self.errorStyle))
        case .json, .yaml:
            // A problem that cannot be encoded is still told in words.
            let json = try? Self.json(failure.problem)
            let text = json.map { self.format == .json ? $0.pretty + "\n" : YAMLDocument.emit($0) }
            self.surroundings.console.tell(text ?? failure.text(self.errorStyle))
        }
    }

    /// A table in the terminal's width.
    func table(_ columns: [Table.Column], _ rows: [[String]]) -> String {
        Table(columns, rows).text(self.style, width: self.surroundings.console.columns)
    }

    /// A client for the server that the options, the environment and the configuration name.
    func api(_ selection: ConnectionSelection) throws(Failure) -> APIClient {
        let store = ConfigurationStore(self.surroundings)
        var environment = self.surroundings.environment
        var configuration = ConfigurationFile()
        do {
            configuration = try store.load()
            if let warning = store.warning(about: configuration) { self.warn(warning) }
        } catch {
            guard selection.namesServer(environment), selection.namesToken(environment) else { throw error }
            self.warn("\(error.line); server and token are named elsewhere, so it goes unread")
            environment["FLAGCTL_CONTEXT"] = nil
        }
        let connection = try Connection(
            resolving: selection, configuration, environment, configurationPath: store.path)
        return APIClient(
            transport: self.surroundings.transport, connection: connection, timeout: selection.timeout)
    }

    /// The wire form of a value.
    static func json(_ value: some Encodable) throws(Failure) -> JSONValue {
        do {
            return try JSONParser.parse(try WireEncoder.encode(value))
        } catch {
            throw Failure(.error, "output-not-encodable", "the answer cannot be written: \(error)")
        }
    }
}
