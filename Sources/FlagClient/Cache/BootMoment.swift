#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A moment counted from the machine's start, by which two processes of one start can tell how much time has passed
/// between them whatever happened to the wall clock.
struct BootMoment: Sendable, Hashable {
    /// Which start of the machine.
    var boot: String
    /// Milliseconds since then, with those that it slept.
    var milliseconds: Int64

    /// Now; nil where the system does not tell its starts apart.
    static var now: Self? {
        #if os(Linux)
            guard let boot = Self.boot else { return nil }
            let moment = systemTime(CLOCK_BOOTTIME)
            return Self(boot: boot, milliseconds: Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000)
        #else
            return nil
        #endif
    }

    /// Milliseconds from `earlier` to this moment; nil when the machine was started between them.
    func milliseconds(since earlier: Self) -> Int64? {
        self.boot == earlier.boot ? max(0, self.milliseconds - earlier.milliseconds) : nil
    }

    private static let boot: String? = {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 36)
        guard read(descriptor, &bytes, bytes.count) == bytes.count else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }()
}

/// What a clock of the system says.
func systemTime(_ clock: clockid_t) -> timespec {
    var moment = timespec()
    clock_gettime(clock, &moment)
    return moment
}
