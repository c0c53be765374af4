import BenchmarkSupport
import Foundation

/// How many files and sockets this process and its children may have open.
enum Descriptors {
    /// Raises the limit as far as it goes: 10,000 connections need as many.
    static func raise() throws {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw BenchmarkError("getrlimit failed")
        }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur >= 12_000 else {
            throw BenchmarkError("only \(limit.rlim_cur) files may be open; raise the hard limit (ulimit -Hn) to 12000")
        }
    }
}
