import Foundation
import Synchronization

/// A program that the demo started, and that it stops again by the process id that it got.
final class Child: Sendable {
    /// The lines that it prints, as they come; they end when it does.
    let lines: AsyncStream<String>
    private let name: String
    private let process = Process()

    /// Starts a program that is found on the search path; what it complains of goes to `log`.
    init(_ name: String, _ arguments: [String], environment: [String: String] = [:], log: URL) throws {
        self.name = name
        let output = Pipe()
        try Data().write(to: log)
        self.process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        self.process.arguments = [name] + arguments
        self.process.environment = ProcessInfo.processInfo.environment
            .filter { $0.key == "PATH" }.merging(environment) { $1 }
        self.process.standardInput = FileHandle.nullDevice
        self.process.standardOutput = output
        self.process.standardError = try FileHandle(forWritingTo: log)
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let partial = Mutex("")
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return continuation.finish()
            }
            partial.withLock { partial in
                partial += String(decoding: data, as: UTF8.self)
                while let end = partial.firstIndex(of: "\n") {
                    continuation.yield(String(partial[..<end]))
                    partial = String(partial[partial.index(after: end)...])
                }
            }
        }
        try self.process.run()
    }

    /// The first line that contains `text`.
    func line(containing text: String) async throws -> String {
        for await line in self.lines where line.contains(text) { return line }
        throw DemoError("\(self.name) ended before it said \"\(text)\"; its log tells why")
    }

    /// Asks it to stop, and makes it when it has not within five seconds: a child of a thread that blocks signals may
    /// never hear of it.
    func stop() {
        self.process.terminate()
        let deadline = ContinuousClock.now + .seconds(5)
        while self.process.isRunning, ContinuousClock.now < deadline { usleep(10_000) }
        if self.process.isRunning { kill(self.process.processIdentifier, SIGKILL) }
        self.process.waitUntilExit()
    }

    /// Waits for its end; its exit status.
    func status() -> Int32 {
        self.process.waitUntilExit()
        return self.process.terminationStatus
    }
}
