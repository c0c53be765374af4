#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The streams of this process.
struct ProcessConsole: Console {
    /// Takes the numbers of those standard streams that the process started without, so that no socket or file gets one
    /// of them and receives what is meant for people. Writing to such a stream stays an error.
    static func reserveStreams() {
        for stream in [StandardStream.input, .output, .errors] where fcntl(stream.rawValue, F_GETFD) < 0 {
            // The lowest free number is this stream's, since those below are taken.
            _ = open("/dev/null", O_RDONLY)
        }
    }

    func write(_ text: String) throws(FileAccess.Refusal) {
        let code = Self.write(text, to: .output)
        // Whoever read our output (head, less) has seen enough.
        guard code == 0 || code == EPIPE else { throw FileAccess.Refusal(code: code) }
    }

    func tell(_ text: String) {
        _ = Self.write(text, to: .errors)
    }

    func isTerminal(_ stream: StandardStream) -> Bool { isatty(stream.rawValue) == 1 }

    var columns: Int? {
        var size = winsize()
        guard ioctl(StandardStream.output.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    func readLine(secret: Bool) -> String? {
        guard secret, self.isTerminal(.input) else { return Swift.readLine() }
        var settings = termios()
        guard tcgetattr(StandardStream.input.rawValue, &settings) == 0 else { return Swift.readLine() }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(StandardStream.input.rawValue, TCSAFLUSH, &silent)
        defer {
            tcsetattr(StandardStream.input.rawValue, TCSAFLUSH, &settings)
            self.tell("\n")
        }
        return Swift.readLine()
    }

    func readAll(upTo limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(StandardStream.input.rawValue, &chunk, chunk.count)
            if count > 0 {
                bytes += chunk[..<count]
                if bytes.count > limit { return nil }
            } else if count == 0 || errno != EINTR {
                return bytes
            }
        }
    }

    /// Writes all of a text; the system's number for what it refused, or 0.
    private static func write(_ text: String, to stream: StandardStream) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let written = systemWrite(stream.rawValue, rest.baseAddress, rest.count)
                if written > 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
    }
}

/// The C function, under a name that the method of the same name does not hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
