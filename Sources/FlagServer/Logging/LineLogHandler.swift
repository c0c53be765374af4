internal import FlagModel
internal import Logging

/// Writes each log entry as one line of text or JSON. Control characters are escaped, so that nothing that came in with
/// a request can begin a line of its own.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: LogFormat
    private let output: any TextOutput
    private let now: @Sendable () -> Timestamp

    init(
        label: String, level: Logger.Level, format: LogFormat, output: any TextOutput = StandardOutput.error,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.output = output
        self.now = now
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var metadata = self.metadata
        if let provided = self.metadataProvider?.get() { metadata.merge(provided) { _, new in new } }
        if let given = event.metadata { metadata.merge(given) { _, new in new } }
        if let error = event.error { metadata["error"] = "\(error)" }
        let line =
            switch self.format {
            case .text: self.text(event, metadata)
            case .json: self.json(event, metadata)
            }
        self.output.write(line)
    }

    private func text(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var line = "\(self.now()) \(event.level.rawValue) \(self.label): "
        line.append(logSafe: event.message.description)
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            line += " \(key)="
            line.append(logSafe: value.description)
        }
        line += "\n"
        return line
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var members = metadata.mapValues { JSONValue($0) }
        members["time"] = .string(self.now().description)
        members["level"] = .string(event.level.rawValue)
        members["logger"] = .string(self.label)
        members["message"] = .string(event.message.description)
        return JSONValue.object(members).canonical + "\n"
    }
}

extension String {
    /// Appends `text` with its control characters and line separators escaped.
    fileprivate mutating func append(logSafe text: String) {
        guard text.unicodeScalars.contains(where: \.breaksLine) else { return self += text }
        for scalar in text.unicodeScalars {
            if scalar.breaksLine {
                self += scalar.escaped(asASCII: true)
            } else {
                self.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var breaksLine: Bool {
        self.value < 0x20 || (0x7F...0x9F).contains(self.value) || self.value == 0x2028 || self.value == 0x2029
    }
}

extension JSONValue {
    fileprivate init(_ value: Logger.Metadata.Value) {
        switch value {
        case .string(let text): self = .string(text)
        case .stringConvertible(let value): self = .string(value.description)
        case .dictionary(let members): self = .object(members.mapValues { JSONValue($0) })
        case .array(let elements): self = .array(elements.map { JSONValue($0) })
        }
    }
}
