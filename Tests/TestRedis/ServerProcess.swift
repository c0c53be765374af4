import Foundation
import Synchronization

/// A child process that is signalled by its own id, and never after it has ended.
final class ServerProcess: Sendable {
    private struct State {
        var isRunning = true
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    let processIdentifier: pid_t
    private let state = Mutex(State())

    /// Starts `name`, found on the search path, without input and output. It does not outlive this process.
    static func start(_ name: String, arguments: [String]) async throws -> ServerProcess {
        try await withCheckedThrowingContinuation { continuation in
            // A thread for the child's whole life: the kernel ends the child together with the thread that started it.
            Thread.detachNewThread {
                do {
                    let process = ServerProcess(try Self.spawn(name, arguments: arguments))
                    continuation.resume(returning: process)
                    process.reap()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    private init(_ processIdentifier: pid_t) {
        self.processIdentifier = processIdentifier
    }

    private static func spawn(_ name: String, arguments: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // Nothing that this process has open, or was started with (a lock, for instance), belongs in the child.
        for descriptor in Self.openDescriptors where descriptor > STDERR_FILENO {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        // Threads of a pool block signals, and a child would go on blocking them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let setpriv = "/usr/bin/setpriv"
        let bound = FileManager.default.isExecutableFile(atPath: setpriv) ? [setpriv, "--pdeathsig", "KILL"] : []
        let command = bound + [name] + arguments
        var argv = command.map { strdup($0) }
        argv.append(nil)
        defer { argv.forEach { free($0) } }
        var identifier: pid_t = 0
        let result = posix_spawnp(&identifier, command[0], &actions, &attributes, argv, environ)
        guard result == 0 else {
            throw TestRedisError("\(name) cannot be started: \(String(cString: strerror(result)))")
        }
        return identifier
    }

    private static var openDescriptors: [Int32] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")
        return names?.compactMap { Int32($0) } ?? []
    }

    var isRunning: Bool { self.state.withLock { $0.isRunning } }

    /// Sends a signal, if the process has not ended.
    func signal(_ signal: Int32) {
        // Under the lock: until `isRunning` is false the id has not been reaped, so it is nobody else's.
        self.state.withLock { state in
            if state.isRunning { _ = kill(self.processIdentifier, signal) }
        }
    }

    /// Freezes the process, and returns when it is frozen (which a signal alone does not promise).
    func freeze() {
        self.signal(SIGSTOP)
        var information = siginfo_t()
        while self.isRunning {
            // Looks without taking the news away from anybody; the signal number stays zero until there is some.
            guard waitid(P_PID, id_t(self.processIdentifier), &information, WSTOPPED | WNOWAIT | WNOHANG) == 0 else {
                return
            }
            guard information.si_signo == 0 else { return }
            usleep(200)
        }
    }

    func waitForExit() async {
        await withCheckedContinuation { continuation in
            let hasEnded = self.state.withLock { state in
                if state.isRunning { state.waiters.append(continuation) }
                return !state.isRunning
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func reap() {
        var information = siginfo_t()
        // Waits without reaping, so that the id stays ours until nobody signals it any more.
        while waitid(P_PID, id_t(self.processIdentifier), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        let waiters = self.state.withLock { state in
            state.isRunning = false
            return exchange(&state.waiters, with: [])
        }
        var status: Int32 = 0
        while waitpid(self.processIdentifier, &status, 0) == -1, errno == EINTR {}
        for waiter in waiters {
            waiter.resume()
        }
    }
}
