/// Reads an event stream (WHATWG HTML, section 9.2) as its bytes arrive, wherever they are cut.
///
/// Payloads stay bytes: who reads them says whether they are UTF-8. A line that arrives as a whole is not copied first.
public struct EventStreamParser: Sendable {
    /// What a stream holds.
    public enum Item: Sendable, Hashable {
        /// An event.
        case event(ServerSentEvent)
        /// A comment, by which a server shows that it is alive.
        case comment
        /// How long to wait before coming back, in milliseconds.
        case retry(milliseconds: Int64)
    }

    /// The most bytes that an event may have, or a line.
    public let limit: Int

    /// The beginning of a line whose end has not come.
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name = ""
    private var id: String?
    private var endedWithCarriageReturn = false
    private var isFirstLine = true

    /// A parser at the start of a stream.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Reads on.
    ///
    /// - Returns: What `bytes` completes.
    /// - Throws: ``EventStreamError`` when an event exceeds the limit.
    public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(EventStreamError) -> [Item] {
        var items: [Item] = []
        var rest = bytes
        while !rest.isEmpty {
            let feed = rest.position(of: Character.lineFeed)
            var segment = rest.part(..<(feed ?? rest.count))
            while let end = segment.position(of: Character.carriageReturn) {
                try self.endLine(segment.part(..<end), &items)
                self.endedWithCarriageReturn = true
                segment = segment.part((end + 1)...)
            }
            guard let feed else {
                try self.keep(segment)
                break
            }
            // The second half of CR LF has ended its line already, be it in this piece or in the one before.
            if !segment.isEmpty || !self.endedWithCarriageReturn { try self.endLine(segment, &items) }
            self.endedWithCarriageReturn = false
            rest = rest.part((feed + 1)...)
        }
        return items
    }

    /// Reads on.
    ///
    /// - Returns: What `bytes` completes.
    /// - Throws: ``EventStreamError`` when an event exceeds the limit.
    public mutating func read(_ bytes: [UInt8]) throws(EventStreamError) -> [Item] {
        let result: Result<[Item], EventStreamError> = bytes.withUnsafeBytes { bytes in
            do throws(EventStreamError) {
                return .success(try self.read(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) throws(EventStreamError) {
        guard !bytes.isEmpty else { return }
        try self.require(bytes.count)
        self.endedWithCarriageReturn = false
        self.line.append(contentsOf: bytes)
    }

    private func require(_ count: Int) throws(EventStreamError) {
        guard self.line.count + self.data.count + count <= self.limit else { throw .tooLarge(limit: self.limit) }
    }

    private mutating func endLine(_ bytes: UnsafeRawBufferPointer, _ items: inout [Item]) throws(EventStreamError) {
        guard !self.line.isEmpty else {
            try self.require(bytes.count)
            if let item = self.take(bytes) { items.append(item) }
            return
        }
        try self.keep(bytes)
        let line = self.line
        self.line = []
        if let item = line.withUnsafeBytes({ self.take($0) }) { items.append(item) }
    }

    private mutating func take(_ line: UnsafeRawBufferPointer) -> Item? {
        var line = line
        if self.isFirstLine {
            self.isFirstLine = false
            if line.starts(with: Character.byteOrderMark) { line = line.part(Character.byteOrderMark.count...) }
        }
        guard let first = line.first else { return self.endEvent() }
        if first == Character.colon { return .comment }
        let colon = line.position(of: Character.colon) ?? line.count
        var value = line.part(min(colon + 1, line.count)...)
        if value.first == Character.space { value = value.part(1...) }
        return self.take(line.part(..<colon), value)
    }

    private mutating func take(_ field: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Item? {
        if field.elementsEqual("data".utf8) {
            if self.hasData { self.data.append(Character.lineFeed) }
            self.hasData = true
            self.data.append(contentsOf: value)
        } else if field.elementsEqual("event".utf8) {
            self.name = String(decoding: value, as: UTF8.self)
        } else if field.elementsEqual("id".utf8) {
            if !value.contains(0) { self.id = String(decoding: value, as: UTF8.self) }
        } else if field.elementsEqual("retry".utf8) {
            let digits = String(decoding: value, as: UTF8.self)
            if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let delay = Int64(digits) {
                return .retry(milliseconds: delay)
            }
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
