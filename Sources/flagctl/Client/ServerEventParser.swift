/// Reads events from a stream as its bytes arrive (WHATWG HTML, section 9.2, server-sent events).
struct ServerEventParser: Sendable {
    /// The most bytes that an event may have, or a line: 64 MiB.
    static let limit = 64 << 20

    /// Whether more came than is taken; nothing is read any more.
    private(set) var isOverfull = false

    private var line: [UInt8] = []
    private var event = ServerEvent()
    private var hasData = false
    private var endedWithReturn = false

    /// The events that `bytes` completes.
    mutating func read(_ bytes: [UInt8]) -> [ServerEvent] {
        var events: [ServerEvent] = []
        for byte in bytes where !self.isOverfull {
            // A line ends with CR, LF or both, which may arrive apart.
            let isSecondHalf = byte == UInt8(ascii: "\n") && self.endedWithReturn
            self.endedWithReturn = byte == UInt8(ascii: "\r")
            if isSecondHalf { continue }
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                self.line.append(byte)
                self.isOverfull = self.line.count + self.event.data.utf8.count > Self.limit
                continue
            }
            if let event = self.endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() -> ServerEvent? {
        defer { self.line.removeAll(keepingCapacity: true) }
        guard !self.line.isEmpty else { return self.endEvent() }
        let colon = self.line.firstIndex(of: UInt8(ascii: ":")) ?? self.line.endIndex
        var value = self.line[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        let text = String(decoding: value, as: UTF8.self)
        switch String(decoding: self.line[..<colon], as: UTF8.self) {
        case "event": self.event.name = text
        case "id": self.event.id = text
        case "data":
            self.event.data += (self.hasData ? "\n" : "") + text
            self.hasData = true
        // Comments, which have an empty name, and what is not known.
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> ServerEvent? {
        defer {
            // The place holds until another is named.
            self.event = ServerEvent(id: self.event.id)
            self.hasData = false
        }
        return self.hasData ? self.event : nil
    }
}
