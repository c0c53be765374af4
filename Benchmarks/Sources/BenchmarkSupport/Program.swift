import Foundation

/// A child process that is stopped by its own process id when it is no longer needed.
public final class Program {
    private let process = Process()
    private let output = Pipe()

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: Where it is; a name without a slash is looked up in `PATH`.
    ///   - environment: Variables besides this process's own.
    ///   - directory: Its working directory; nil: this process's.
    public init(
        _ path: String, _ arguments: [String], environment: [String: String] = [:], directory: String? = nil
    ) throws {
        let isPath = path.contains("/")
        self.process.executableURL = URL(fileURLWithPath: isPath ? path : "/usr/bin/env")
        self.process.arguments = isPath ? arguments : [path] + arguments
        self.process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { self.process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        self.process.standardOutput = self.output
        self.process.standardError = FileHandle.nullDevice
        try self.process.run()
    }

    /// Its process id.
    public var processIdentifier: Int32 { self.process.processIdentifier }

    /// Reads output up to the line that holds `text`, and returns that line.
    public func line(containing text: String) throws -> String {
        var pending = ""
        while true {
            let data = self.output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw BenchmarkError("a program ended early: \(pending)") }
            pending += String(decoding: data, as: UTF8.self)
            if let line = pending.split(separator: "\n").first(where: { $0.contains(text) }) { return String(line) }
        }
    }

    /// Ends the process at once: what it has is thrown away, and SIGTERM may be blocked in a child of a Swift task's thread.
    public func stop() {
        kill(self.process.processIdentifier, SIGKILL)
        self.waitForExit()
    }

    /// Foundation's own wait spins in a run loop that has nothing to do, for ever when the task has changed its thread.
    private func waitForExit() {
        while self.process.isRunning { usleep(1000) }
    }

    /// Runs a program to its end and returns what it wrote.
    ///
    /// - Throws: ``BenchmarkError`` when it ends with another status than 0.
    public static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> String {
        let program = try Program(path, arguments, environment: environment)
        let data = program.output.fileHandleForReading.readDataToEndOfFile()
        program.waitForExit()
        let output = String(decoding: data, as: UTF8.self)
        let status = program.process.terminationStatus
        guard status == 0 else {
            throw BenchmarkError("\(path) ended with status \(status); is it installed?\n\(output)")
        }
        return output
    }
}
