import FlagModel

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Everything outside the program that a command may touch. Tests run commands in surroundings of their own.
struct Surroundings: Sendable {
    /// The environment variables.
    var environment: [String: String]
    /// Where text comes from and goes to.
    var console: any Console
    /// How requests reach the server.
    var transport: any Transport
    /// What time it is.
    var now: @Sendable () -> Timestamp
    /// Waits for a while, or until the task is cancelled.
    var sleep: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    /// Waits until the person at the keyboard has had enough (Ctrl-C), or until the task is cancelled.
    var interrupted: @Sendable () async -> Void = { await Interruption.wait() }

    /// The surroundings of the command that runs in this task.
    @TaskLocal static var current = Surroundings.process

    /// The process's own. Nothing is opened or started by making them.
    static var process: Self {
        Self(
            environment: Self.variables(), console: ProcessConsole(), transport: HTTPTransport(),
            now: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Timestamp(
                    millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
            })
    }

    /// A variable's value; an empty one counts as unset.
    func variable(_ name: String) -> String? {
        self.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The names that flagctl looks at; the rest of the environment is nobody's business.
    private static func variables() -> [String: String] {
        let names = [
            "FLAGCTL_SERVER", "FLAGCTL_TOKEN", "FLAGCTL_CONTEXT", "FLAGCTL_JWT", "XDG_CONFIG_HOME", "HOME", "NO_COLOR",
            "TERM",
        ]
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                getenv(name).map { (name, String(cString: $0)) }
            })
    }
}
