import FlagModel
import Foundation
import Synchronization

/// Reads an event stream from a socket of its own, on a thread of its own: it can stop reading, as a frozen process does.
final class EventClient: Sendable {
    /// One event.
    struct Event: Sendable {
        var id: String?
        var name = "message"
        var data = ""

        /// The data as JSON; null when it is none.
        var json: JSONValue { (try? JSONParser.parse(self.data)) ?? .null }
        /// The revision that the id begins with.
        var revision: Int64? { self.id.flatMap { Int64($0.prefix { $0 != "-" }) } }
    }

    private struct State {
        var head: String?
        var events: [Event] = []
        var comments = 0
        var hasEnded = false
        var isFrozen = false
    }

    private let descriptor: Int32
    private let state = Mutex(State())
    /// Signalled when the client is no longer frozen.
    private let thaw = NSCondition()

    /// Connects and asks.
    ///
    /// - Parameter receiveBuffer: How many bytes the kernel keeps for a client that does not read; nil: as it likes.
    init(
        _ server: RunningServer, _ path: String, lastEventID: String? = nil, accept: String? = nil,
        receiveBuffer: Int32? = nil
    ) throws {
        let port = server.address.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
        self.descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(self.descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                connect(self.descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            Foundation.close(self.descriptor)
            throw HarnessError("\(server.address) refuses connections")
        }
        var request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(RunningServer.adminToken)\r\n"
        if let lastEventID { request += "Last-Event-ID: \(lastEventID)\r\n" }
        if let accept { request += "Accept: \(accept)\r\n" }
        let bytes = Array((request + "\r\n").utf8)
        guard send(self.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            Foundation.close(self.descriptor)
            throw HarnessError("the request cannot be sent")
        }
        Thread.detachNewThread { self.read() }
    }

    /// The answer's head, once it is there.
    var head: String? { self.state.withLock { $0.head } }
    /// What came so far.
    var events: [Event] { self.state.withLock { $0.events } }
    /// How many comments came so far.
    var comments: Int { self.state.withLock { $0.comments } }
    /// Whether the server ended the answer or the connection.
    var hasEnded: Bool { self.state.withLock { $0.hasEnded } }
    /// The newest revision that came.
    var revision: Int64? { self.events.last { $0.revision != nil }?.revision }

    /// Whether revisions only went up.
    var isOrdered: Bool {
        let revisions = self.events.compactMap(\.revision)
        return zip(revisions, revisions.dropFirst()).allSatisfy { $0 < $1 }
    }

    /// Stops reading until told otherwise.
    func freeze(_ isFrozen: Bool) {
        self.thaw.withLock {
            self.state.withLock { $0.isFrozen = isFrozen }
            self.thaw.broadcast()
        }
    }

    /// Ends the connection, and the freeze.
    func close() {
        shutdown(self.descriptor, Int32(SHUT_RDWR))
        self.freeze(false)
    }

    private func read() {
        var raw: [UInt8] = []
        var body: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            self.thaw.withLock {
                while self.state.withLock({ $0.isFrozen }) { self.thaw.wait() }
            }
            let count = recv(self.descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            raw += buffer[..<count]
            if self.head == nil, !self.takeHead(&raw) { continue }
            if self.takeChunks(&raw, into: &body) { break }
            self.takeEvents(&body)
        }
        self.takeEvents(&body)
        self.state.withLock { $0.hasEnded = true }
        Foundation.close(self.descriptor)
    }

    private func takeHead(_ raw: inout [UInt8]) -> Bool {
        guard let end = raw.firstRange(of: Array("\r\n\r\n".utf8)) else { return false }
        let head = String(decoding: raw[..<end.lowerBound], as: UTF8.self)
        raw.removeSubrange(..<end.upperBound)
        self.state.withLock { $0.head = head }
        return true
    }

    /// Takes the framing off.
    ///
    /// - Returns: Whether that was the last of it.
    private func takeChunks(_ raw: inout [UInt8], into body: inout [UInt8]) -> Bool {
        var start = 0
        defer { raw.removeSubrange(..<start) }
        while let line = raw[start...].firstRange(of: Array("\r\n".utf8)) {
            guard let size = Int(String(decoding: raw[start..<line.lowerBound], as: UTF8.self), radix: 16) else {
                return true
            }
            if size == 0 { return true }
            guard raw.count >= line.upperBound + size + 2 else { return false }
            body += raw[line.upperBound..<line.upperBound + size]
            start = line.upperBound + size + 2
        }
        return false
    }

    private func takeEvents(_ body: inout [UInt8]) {
        var start = 0
        while let end = body[start...].firstRange(of: Array("\n\n".utf8)) {
            self.take(String(decoding: body[start..<end.lowerBound], as: UTF8.self))
            start = end.upperBound
        }
        body.removeSubrange(..<start)
    }

    private func take(_ block: String) {
        var event = Event()
        var hasData = false
        for line in block.split(separator: "\n") {
            if line.hasPrefix(":") { self.state.withLock { $0.comments += 1 } }
            if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
            if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
            if line.hasPrefix("data: ") {
                event.data += line.dropFirst(6)
                hasData = true
            }
        }
        if hasData { self.state.withLock { $0.events.append(event) } }
    }
}
