import Testing

@testable import flagctl

@Suite("Event streams are read however their bytes arrive")
struct ServerEventParserTests {
    private static let text = """
        : hello
        retry: 500

        event: delta
        id: 7-abc
        data: {"to":
        data:7}
        unknown: x

        data: plain

        event: nothing


        """

    private static let events = [
        ServerEvent(name: "delta", id: "7-abc", data: "{\"to\":\n7}"), ServerEvent(id: "7-abc", data: "plain"),
    ]

    private func read(_ pieces: [[UInt8]]) -> [ServerEvent] {
        var parser = ServerEventParser()
        return pieces.flatMap { parser.read($0) }
    }

    @Test("Events have a name, a place that holds on, and data of several lines; the rest is passed over")
    func events() {
        #expect(self.read([Array(Self.text.utf8)]) == Self.events)
    }

    @Test("Pieces of any size give the same", arguments: [1, 2, 3, 7])
    func pieces(size: Int) {
        let bytes = Array(Self.text.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        #expect(self.read(pieces) == Self.events)
    }

    @Test("Lines end with CR, LF or both, also when the two arrive apart", arguments: ["\n", "\r", "\r\n"])
    func lineEnds(end: String) {
        let bytes = Self.text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? Array(end.utf8) : [$0] }
        #expect(self.read([bytes]) == Self.events)
        #expect(self.read(bytes.map { [$0] }) == Self.events)
    }

    @Test("An event that is not ended is none")
    func unfinished() {
        #expect(self.read([Array("data: x\n".utf8)]).isEmpty)
    }

    @Test("Any bytes at all are read without harm")
    func random() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = self.read([bytes, Array("\n\ndata: x\n\n".utf8)])
        }
    }
}
