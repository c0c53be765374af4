#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A call to the system that failed, in its own words.
struct SystemFailure: Error, Hashable, CustomStringConvertible {
    /// What was tried.
    let action: String
    /// The system's number for what went wrong.
    let code: Int32

    /// The failure of the call just made.
    init(_ action: String) {
        self.action = action
        self.code = errno
    }

    /// `open /var/cache/flags.json: Permission denied`.
    var description: String { "\(self.action): \(String(cString: strerror(self.code)))" }
}
