#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Where text for people goes: log lines, and what a command prints.
protocol TextOutput: Sendable {
    /// Writes `text`, at once and in one piece.
    func write(_ text: String)
}

/// Standard output or standard error, without a buffer. One call hands one piece to the system, so that lines of
/// several threads do not mix.
struct StandardOutput: TextOutput {
    /// Standard output.
    static let output = StandardOutput(descriptor: STDOUT_FILENO)
    /// Standard error.
    static let error = StandardOutput(descriptor: STDERR_FILENO)

    private let descriptor: CInt

    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = systemWrite(self.descriptor, rest.baseAddress, rest.count)
                // Who cannot be written to cannot be told; only an interruption is worth another try.
                if count < 0, errno != EINTR { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
            }
        }
    }
}

/// `write(2)`, which the method above would hide.
private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
