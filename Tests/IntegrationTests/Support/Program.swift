import Foundation

/// A program that a test starts, and that only the test stops, by the process id that it got.
final class Program: @unchecked Sendable {
    // Foundation's Process is not Sendable; here only its signals and its exit are used after the start, which are
    // safe from any thread.
    private let process: Process
    let output: Output
    let errors: Output

    init(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = [:], directory: URL? = nil,
        input: String? = nil
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        // Nothing of the machine's own settings but what finds programs.
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
            .merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = directory }
        let output = try Self.pipe()
        let errors = try Self.pipe()
        process.standardOutput = output.writing
        process.standardError = errors.writing
        if let input {
            let pipe = try Self.pipe()
            process.standardInput = pipe.reading
            try pipe.writing.write(contentsOf: Data(input.utf8))
            try pipe.writing.close()
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        try output.writing.close()
        try errors.writing.close()
        self.process = process
        self.output = Output(reading: output.reading)
        self.errors = Output(reading: errors.reading)
    }

    /// Two connected descriptors that no other child inherits: one that lives on would keep the end of a program's output
    /// from being seen. A pair of sockets, as a pipe cannot be made so in one step from Swift.
    private static func pipe() throws -> (reading: FileHandle, writing: FileHandle) {
        var descriptors: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &descriptors) == 0 else {
            throw HarnessError("socketpair failed with error \(errno)")
        }
        return (
            FileHandle(fileDescriptor: descriptors[0], closeOnDealloc: true),
            FileHandle(fileDescriptor: descriptors[1], closeOnDealloc: true)
        )
    }

    var processIdentifier: Int32 { self.process.processIdentifier }
    var isRunning: Bool { self.process.isRunning }

    func signal(_ number: Int32) {
        if self.process.isRunning { kill(self.process.processIdentifier, number) }
    }

    /// Waits for the end and returns the exit status (128 + the signal, when it was ended by one).
    func waitForExit() async throws -> Int32 {
        while self.process.isRunning { try await Task.sleep(for: .milliseconds(2)) }
        return self.process.terminationReason == .uncaughtSignal
            ? 128 + self.process.terminationStatus : self.process.terminationStatus
    }

    /// What a program that ran to its end left behind.
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    static func run(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = [:], directory: URL? = nil,
        input: String? = nil
    ) async throws -> Result {
        let program = try Program(
            path, arguments, environment: environment, directory: directory, input: input)
        let status = try await program.waitForExit()
        return Result(
            status: status, output: try await program.output.complete(), errors: try await program.errors.complete())
    }
}
