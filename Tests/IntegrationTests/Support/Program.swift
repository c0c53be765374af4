import Foundation
import Synchronization

/// A program that a test starts, and that only the test stops, by the process id that it got. It does not outlive the tests.
final class Program: Sendable {
    /// What a program that ran to its end left behind.
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    let processIdentifier: pid_t
    let output: Output
    let errors: Output
    /// The exit status, once it has ended.
    private let status = Mutex<Int32?>(nil)

    private init(_ processIdentifier: pid_t, output: FileHandle, errors: FileHandle) {
        self.processIdentifier = processIdentifier
        self.output = Output(reading: output)
        self.errors = Output(reading: errors)
    }

    /// Starts the program at `path`, with nothing of the machine's own settings but what finds programs.
    static func start(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = [:], directory: URL? = nil,
        input: String? = nil
    ) async throws -> Program {
        let environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
            .merging(environment) { $1 }
        return try await withCheckedThrowingContinuation { continuation in
            // A thread for the child's whole life: the kernel ends the child together with the thread that started it.
            Thread.detachNewThread {
                do {
                    let program = try Self.spawn(path, arguments, environment, directory, input)
                    continuation.resume(returning: program)
                    program.reap()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    /// Runs a program to its end.
    static func run(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = [:], directory: URL? = nil,
        input: String? = nil
    ) async throws -> Result {
        let program = try await Self.start(
            path, arguments, environment: environment, directory: directory, input: input)
        let status = try await program.waitForExit()
        return Result(
            status: status, output: try await program.output.complete(), errors: try await program.errors.complete())
    }

    var isRunning: Bool { self.status.withLock { $0 == nil } }

    /// Sends a signal, if the program has not ended.
    func signal(_ number: Int32) {
        // Under the lock: until the status is set the id has not been reaped, so it is nobody else's.
        self.status.withLock { status in
            if status == nil { _ = kill(self.processIdentifier, number) }
        }
    }

    /// Waits for the end and returns the exit status (128 + the signal, when it was ended by one).
    func waitForExit() async throws -> Int32 {
        while true {
            if let status = self.status.withLock({ $0 }) { return status }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String], _ directory: URL?, _ input: String?
    ) throws -> Program {
        let (inputReading, inputWriting) = try Self.pair()
        let (outputReading, outputWriting) = try Self.pair()
        let (errorsReading, errorsWriting) = try Self.pair()
        defer {
            for descriptor in [inputReading, outputWriting, errorsWriting] { close(descriptor) }
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputReading, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, outputWriting, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errorsWriting, STDERR_FILENO)
        // Threads of a pool block signals, and a child would go on blocking them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        // `env` changes the folder; `setpriv` ends the program with the tests.
        var command = ["/usr/bin/env"]
        if let directory { command += ["--chdir", directory.path] }
        let setpriv = "/usr/bin/setpriv"
        if FileManager.default.isExecutableFile(atPath: setpriv) { command += [setpriv, "--pdeathsig", "KILL"] }
        command += [path] + arguments
        var argv = command.map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var identifier: pid_t = 0
        let result = posix_spawn(&identifier, command[0], &actions, &attributes, &argv, &envp)
        guard result == 0 else {
            throw HarnessError("\(path) cannot be started: \(String(cString: strerror(result)))")
        }
        let writing = FileHandle(fileDescriptor: inputWriting, closeOnDealloc: true)
        if let input { try writing.write(contentsOf: Data(input.utf8)) }
        try writing.close()
        return Program(
            identifier, output: FileHandle(fileDescriptor: outputReading, closeOnDealloc: true),
            errors: FileHandle(fileDescriptor: errorsReading, closeOnDealloc: true))
    }

    /// Two connected descriptors that no other child inherits: one that lives on would keep the end of a program's output
    /// from being seen. A pair of sockets, as a pipe cannot be made so in one step from Swift.
    private static func pair() throws -> (reading: Int32, writing: Int32) {
        var descriptors: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &descriptors) == 0 else {
            throw HarnessError("socketpair failed with error \(errno)")
        }
        return (descriptors[0], descriptors[1])
    }

    private func reap() {
        var information = siginfo_t()
        // Waits without reaping, so that the id stays ours until nobody signals it any more.
        while waitid(P_PID, id_t(self.processIdentifier), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        self.status.withLock { status in
            var raw: Int32 = 0
            while waitpid(self.processIdentifier, &raw, 0) == -1, errno == EINTR {}
            let signal = raw & 0x7F
            status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
        }
    }
}
