import Foundation

/// A blocking connection for a test's own questions to its server, independent of the client under test.
final class RawConnection {
    private let descriptor: Int32
    private var unread: [UInt8] = []

    init(port: Int) throws {
        self.descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard self.descriptor >= 0 else { throw TestRedisError("no socket") }
        var timeout = timeval(tv_sec: 5, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(self.descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        setsockopt(self.descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        var address = Loopback.address(port: port)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                connect(self.descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw TestRedisError("port \(port) refuses connections") }
    }

    deinit {
        close(self.descriptor)
    }

    /// Sends a command and returns the first line of the reply as it is.
    func reply(to arguments: [String]) throws -> String {
        try self.send(arguments)
        return try self.line()
    }

    /// Sends a command and returns its reply as text.
    func command(_ arguments: [String]) throws -> String? {
        try self.send(arguments)
        return try self.value()
    }

    private func send(_ arguments: [String]) throws {
        var bytes = Array("*\(arguments.count)\r\n".utf8)
        for argument in arguments {
            bytes += Array("$\(argument.utf8.count)\r\n\(argument)\r\n".utf8)
        }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { memory in
                Foundation.send(
                    self.descriptor, memory.baseAddress?.advanced(by: offset), bytes.count - offset,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw TestRedisError("the server does not read") }
            offset += count
        }
    }

    private func value() throws -> String? {
        let line = try self.line()
        let rest = String(line.dropFirst())
        switch line.first {
        case "+", ":":
            return rest
        case "-":
            throw TestRedisError(rest)
        case "$":
            guard let count = Int(rest), count >= 0 else { return nil }
            while self.unread.count < count + 2 { try self.receive() }
            defer { self.unread.removeFirst(count + 2) }
            return String(decoding: self.unread[..<count], as: UTF8.self)
        case "*":
            guard let count = Int(rest), count >= 0 else { return nil }
            return try (0..<count).map { _ in try self.value() ?? "" }.joined(separator: "\n")
        default:
            throw TestRedisError("not a reply: \(line)")
        }
    }

    private func line() throws -> String {
        while true {
            if let end = self.unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: self.unread[..<end].dropLast(), as: UTF8.self)
                self.unread.removeFirst(end + 1)
                return line
            }
            try self.receive()
        }
    }

    private func receive() throws {
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(self.descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { throw TestRedisError("the server does not answer") }
        self.unread += bytes[..<count]
    }
}
