import Testing

@testable import RedisClient

@Suite("Parsing of replies")
struct ReplyParserTests {
    private func parse(
        _ text: String, limits: ReplyLimits = ReplyLimits(), portion: Int = .max
    ) throws -> [RedisValue] {
        var parser = try ReplyParser(limits: limits)
        var replies: [RedisValue] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try rest.prefix(portion).withUnsafeBytes { try parser.parse($0, into: &replies) }
            rest = rest.dropFirst(portion)
        }
        return replies
    }

    private static let samples: [(String, RedisValue)] = [
        ("+OK\r\n", .simple("OK")),
        (":-42\r\n", .integer(-42)),
        ("$5\r\nhello\r\n", .bulk(Array("hello".utf8))),
        ("$0\r\n\r\n", .bulk([])),
        ("$2\r\n\r\n\r\n", .bulk([13, 10])),
        ("$-1\r\n", .null),
        ("*-1\r\n", .null),
        ("*0\r\n", .array([])),
        ("-ERR no\r\n", .error(RedisServerError(code: "ERR", message: "no"))),
        ("*2\r\n:1\r\n$1\r\nx\r\n", .array([.integer(1), .bulk([120])])),
        (
            "*3\r\n*2\r\n+a\r\n*0\r\n$-1\r\n*1\r\n-OOM x\r\n",
            .array([
                .array([.simple("a"), .array([])]), .null,
                .array([.error(RedisServerError(code: "OOM", message: "x"))]),
            ])
        ),
    ]

    @Test("every kind of reply becomes its value", arguments: Self.samples)
    func kinds(text: String, value: RedisValue) throws {
        #expect(try self.parse(text) == [value])
    }

    @Test("replies may be cut anywhere", arguments: 1...7)
    func cuts(portion: Int) throws {
        let text = Self.samples.map(\.0).joined()
        #expect(try self.parse(text, portion: portion) == Self.samples.map(\.1))
    }

    @Test("many replies in one portion come out in order")
    func many() throws {
        let text = (0..<5000).map { ":\($0)\r\n$3\r\nabc\r\n" }.joined()
        let replies = try self.parse(text)
        #expect(replies.count == 10_000)
        #expect(replies.enumerated().allSatisfy { $0 % 2 == 1 || $1 == .integer(Int64($0 / 2)) })
    }

    @Test("a bulk string larger than a portion arrives whole")
    func large() throws {
        let body = String(repeating: "abcdefgh", count: 100_000)
        #expect(
            try self.parse("$\(body.utf8.count)\r\n\(body)\r\n+OK\r\n") == [.bulk(Array(body.utf8)), .simple("OK")])
    }

    @Test("an incomplete reply is waited for", arguments: ["+O", "$5\r\nhel", "*2\r\n:1\r\n", "$"])
    func incomplete(text: String) throws {
        #expect(try self.parse(text).isEmpty)
    }

    @Test(
        "what is no reply is refused",
        arguments: ["HTTP/1.1 400\r\n", "$x\r\n", "$-2\r\n", "*-2\r\n", ":1x\r\n", "\r\n"])
    func malformed(text: String) throws {
        let error = #expect(throws: ReplyParserError.self) { try self.parse(text) }
        guard case .malformed = error else {
            Issue.record("not malformed: \(String(describing: error))")
            return
        }
    }

    @Test("a parser that has failed stays dead")
    func dead() throws {
        var parser = try ReplyParser()
        var replies: [RedisValue] = []
        #expect(throws: ReplyParserError.self) {
            try Array("?\r\n".utf8).withUnsafeBytes { try parser.parse($0, into: &replies) }
        }
        #expect(throws: ReplyParserError.dead) {
            try Array("+OK\r\n".utf8).withUnsafeBytes { try parser.parse($0, into: &replies) }
        }
        #expect(replies.isEmpty)
    }

    @Test("replies before the malformed one are delivered")
    func goodBeforeBad() throws {
        var parser = try ReplyParser()
        var replies: [RedisValue] = []
        #expect(throws: ReplyParserError.self) {
            try Array("+OK\r\n:7\r\n?".utf8).withUnsafeBytes { try parser.parse($0, into: &replies) }
        }
        #expect(replies == [.simple("OK"), .integer(7)])
    }

    @Test(
        "a reply beyond the limits is refused before it is complete",
        arguments: [
            "$1000000\r\n" + String(repeating: "x", count: 2000),
            "*500\r\n" + String(repeating: "$100\r\n" + String(repeating: "x", count: 100) + "\r\n", count: 20),
            "*2147483647\r\n",
            "*1\r\n*60\r\n" + String(repeating: ":1\r\n", count: 60) + "*60\r\n",
            String(repeating: "*1\r\n", count: 9),
            "+" + String(repeating: "x", count: 2000),
        ])
    func limits(text: String) throws {
        let limits = ReplyLimits(bytes: 1000, elements: 100, lineBytes: 500, depth: 7)
        #expect(throws: ReplyParserError.self) { try self.parse(text + text, limits: limits, portion: 64) }
    }

    @Test("the limits count anew for each reply")
    func limitsPerReply() throws {
        let limits = ReplyLimits(bytes: 100, elements: 3, lineBytes: 100, depth: 7)
        let text = String(repeating: "*2\r\n$40\r\n" + String(repeating: "x", count: 40) + "\r\n:1\r\n", count: 50)
        #expect(try self.parse(text, limits: limits).count == 50)
    }

    @Test("an error reply's code is its first word in capitals")
    func errorCodes() {
        #expect(RedisServerError(reply: "MOVED 1 h:1") == RedisServerError(code: "MOVED", message: "1 h:1"))
        #expect(RedisServerError(reply: "oh no") == RedisServerError(code: "ERR", message: "oh no"))
        #expect(RedisServerError(reply: "LOADING") == RedisServerError(code: "LOADING", message: ""))
    }

    @Test("an error reply does not echo the arguments of a command")
    func errorEcho() {
        let error = RedisServerError(reply: "ERR unknown command 'X', with args beginning with: 'hunter2' ")
        #expect(error == RedisServerError(code: "ERR", message: "unknown command 'X'"))
    }
}
