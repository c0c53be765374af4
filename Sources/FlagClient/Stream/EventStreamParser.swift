/// Reads an event stream (the WHATWG's Server-Sent Events) as its bytes arrive, wherever they are cut.
///
/// Payloads stay bytes: who reads them says whether they are UTF-8.
struct EventStreamParser: Sendable {
    /// What a stream holds.
    enum Item: Sendable, Hashable {
        /// An event.
        case event(ServerSentEvent)
        /// A comment, by which a server shows that it is alive.
        case comment
        /// How long to wait before coming back, in milliseconds.
        case retry(milliseconds: Int64)
    }

    /// The most bytes that an event may have, or a line.
    let limit: Int

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name = ""
    private var id: String?
    private var endedWithCarriageReturn = false
    private var isFirstLine = true

    /// A parser at the start of a stream.
    init(limit: Int) {
        self.limit = limit
    }

    /// Reads on.
    ///
    /// - Returns: What `bytes` completes.
    /// - Throws: ``EventStreamError`` when an event exceeds the limit.
    mutating func read(_ bytes: UnsafeRawBufferPointer) throws(EventStreamError) -> [Item] {
        var items: [Item] = []
        var start = 0
        for position in bytes.indices {
            let byte = bytes[position]
            guard byte == Character.lineFeed || byte == Character.carriageReturn else {
                self.endedWithCarriageReturn = false
                continue
            }
            // The second half of CR LF has ended its line already, be it in this piece or in the one before.
            let isSecondHalf = byte == Character.lineFeed && self.endedWithCarriageReturn
            self.endedWithCarriageReturn = byte == Character.carriageReturn
            if !isSecondHalf {
                try self.append(bytes[start..<position])
                if let item = self.endLine() { items.append(item) }
            }
            start = position + 1
        }
        try self.append(bytes[start...])
        return items
    }

    private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>) throws(EventStreamError) {
        guard self.line.count + self.data.count + bytes.count <= self.limit else { throw .tooLarge(limit: self.limit) }
        self.line.append(contentsOf: bytes)
    }

    private mutating func endLine() -> Item? {
        defer { self.line.removeAll(keepingCapacity: self.line.count <= 4096) }
        if self.isFirstLine {
            self.isFirstLine = false
            if self.line.starts(with: Character.byteOrderMark) { self.line.removeFirst(Character.byteOrderMark.count) }
        }
        guard let first = self.line.first else { return self.endEvent() }
        if first == Character.colon { return .comment }
        let colon = self.line.firstIndex(of: Character.colon) ?? self.line.endIndex
        var value = self.line[colon...].dropFirst()
        if value.first == Character.space { value = value.dropFirst() }
        return self.take(String(decoding: self.line[..<colon], as: UTF8.self), value)
    }

    private mutating func take(_ field: String, _ value: ArraySlice<UInt8>) -> Item? {
        switch field {
        case "event": self.name = String(decoding: value, as: UTF8.self)
        case "data":
            if self.hasData { self.data.append(Character.lineFeed) }
            self.hasData = true
            self.data.append(contentsOf: value)
        case "id": if !value.contains(0) { self.id = String(decoding: value, as: UTF8.self) }
        case "retry":
            let digits = String(decoding: value, as: UTF8.self)
            if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let delay = Int64(digits) {
                return .retry(milliseconds: delay)
            }
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> Item? {
        defer {
            self.name = ""
            self.data = []
            self.hasData = false
        }
        guard self.hasData else { return nil }
        return .event(ServerSentEvent(name: self.name.isEmpty ? "message" : self.name, data: self.data, id: self.id))
    }

    private enum Character {
        static let lineFeed = UInt8(ascii: "\n")
        static let carriageReturn = UInt8(ascii: "\r")
        static let colon = UInt8(ascii: ":")
        static let space = UInt8(ascii: " ")
        static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    }
}
