import TestSupport
import Testing

@testable import FlagAPI

@Suite("The event stream's parser")
struct EventStreamParserTests {
    /// Every form that a line or an event can have, as one stream, and what it holds.
    private static let stream =
        "\u{FEFF}: hello\r\nid: 7-ab\r\nevent: snapshot\r\ndata: {\"a\":1}\r\n\r\n"
        + "data: fir\u{E9}\u{1F6A6}st\ndata:second\ndata\n\n" + "event: nothing\n\n" + ":\rretry: 250\rdata:  x\r\r"
        + "id\ndata: without id\n\nretry: soon\nid: a\u{0}b\nunknown: field\nevent: end\ndata: {}\n\ndata: unfinished\n"

    private static let items: [EventStreamParser.Item] = [
        .comment,
        .event(.init(name: "snapshot", data: Array("{\"a\":1}".utf8), id: "7-ab")),
        .event(.init(name: "message", data: Array("fir\u{E9}\u{1F6A6}st\nsecond\n".utf8), id: "7-ab")),
        .comment, .retry(milliseconds: 250),
        .event(.init(name: "message", data: Array(" x".utf8), id: "7-ab")),
        .event(.init(name: "message", data: Array("without id".utf8), id: "")),
        .event(.init(name: "end", data: Array("{}".utf8), id: "")),
    ]

    private func parse(_ pieces: [ArraySlice<UInt8>], limit: Int = 1000) throws -> [EventStreamParser.Item] {
        var parser = EventStreamParser(limit: limit)
        return try pieces.flatMap { piece in try parser.read(Array(piece)) }
    }

    @Test("reads events, comments and waits with every kind of line ending")
    func whole() throws {
        #expect(try self.parse([Array(Self.stream.utf8)[...]]) == Self.items)
    }

    @Test("reads the same wherever the stream is cut in two")
    func splitAnywhere() throws {
        let bytes = Array(Self.stream.utf8)
        for position in bytes.indices {
            #expect(try self.parse([bytes[..<position], bytes[position...]]) == Self.items, "cut at \(position)")
        }
    }

    @Test("reads the same byte by byte")
    func byteByByte() throws {
        let bytes = Array(Self.stream.utf8)
        #expect(try self.parse(bytes.indices.map { bytes[$0...$0] }) == Self.items)
    }

    @Test("reads the same cut at random", arguments: 0..<200 as Range<UInt64>)
    func splitAtRandom(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let bytes = Array(Self.stream.utf8)
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 0...9, using: &random))
            pieces.append(bytes[start..<end])
            start = end
        }
        #expect(try self.parse(pieces) == Self.items)
    }

    @Test("never fails on random bytes, and reads them the same in any pieces", arguments: 0..<100 as Range<UInt64>)
    func randomBytes(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("data:event id\n\n\r\r: \u{FEFF}x".utf8) + [0, 0xFF, 0xC3]
        let bytes = (0..<400).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        let cut = Int.random(in: 0...bytes.count, using: &random)
        #expect(try self.parse([bytes[...]]) == self.parse([bytes[..<cut], bytes[cut...]]))
    }

    @Test("lines end with CR, LF or both, also when the two arrive apart", arguments: ["\n", "\r", "\r\n"])
    func lineEnds(end: String) throws {
        let text = ": hello\nevent: delta\nid: 7-abc\ndata: {\"to\":\ndata:7}\n\ndata: plain\n\n\n"
        let bytes = text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? Array(end.utf8) : [$0] }
        let items: [EventStreamParser.Item] = [
            .comment, .event(.init(name: "delta", data: Array("{\"to\":\n7}".utf8), id: "7-abc")),
            .event(.init(name: "message", data: Array("plain".utf8), id: "7-abc")),
        ]
        for size in [1, 2, 3, 7, bytes.count] {
            let pieces = stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] }
            #expect(try self.parse(pieces) == items)
        }
    }

    @Test("a byte order mark is dropped at the start of the stream alone")
    func byteOrderMark() throws {
        let items = try self.parse([Array("\u{FEFF}data: a\n\ndata: \u{FEFF}b\n\n".utf8)[...]])
        #expect(
            items == [
                .event(.init(name: "message", data: Array("a".utf8), id: nil)),
                .event(.init(name: "message", data: Array("\u{FEFF}b".utf8), id: nil)),
            ])
    }

    @Test("an event over the limit is refused, in one line or in many")
    func limit() throws {
        let long = Array("data: 0123456789\n\n".utf8)
        #expect(try self.parse([long[...]], limit: 16).count == 1)
        #expect(throws: EventStreamError.tooLarge(limit: 15)) { try self.parse([long[...]], limit: 15) }
        let many = Array(String(repeating: "data: 01\n", count: 10).utf8)
        #expect(throws: EventStreamError.tooLarge(limit: 20)) { try self.parse([many[...]], limit: 20) }
    }

    @Test("small events go on for ever under a small limit")
    func limitIsForEachEvent() throws {
        let events = Array(String(repeating: ": c\ndata: 01\n\n", count: 100).utf8)
        #expect(try self.parse([events[...]], limit: 16).count == 200)
    }
}
