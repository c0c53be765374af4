public import Logging
import Synchronization

/// Keeps everything that is logged, at every level.
public final class CapturedLog: Sendable {
    /// A line.
    public struct Line: Sendable {
        /// How grave it is.
        public let level: Logger.Level
        /// What happened.
        public let message: String
        /// What belongs to it.
        public let metadata: [String: String]
    }

    private let captured = Mutex<[Line]>([])

    /// A log without lines.
    public init() {}

    /// What was logged so far.
    public var lines: [Line] { self.captured.withLock { $0 } }
    /// All that was written, keys and values included.
    public var text: String {
        self.lines.map { "\($0.level) \($0.message) \($0.metadata)" }.joined(separator: "\n")
    }

    /// A logger that writes here.
    public var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: CapturedLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { self.metadata[key] }
            set { self.metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = self.metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
            let line = Line(level: event.level, message: "\(event.message)", metadata: metadata)
            self.log.captured.withLock { $0.append(line) }
        }
    }
}
