import CHiredis
import Testing

@testable import RedisClient

@Suite("Encoding of commands")
struct RedisCommandTests {
    /// What hiredis makes of the same arguments.
    private func hiredis(_ arguments: [[UInt8]]) -> [UInt8] {
        var pointers: [UnsafePointer<CChar>?] = []
        let copies = arguments.map { bytes in
            let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count + 1)
            for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
            return copy
        }
        defer { copies.forEach { $0.deallocate() } }
        for copy in copies { pointers.append(UnsafePointer(copy.baseAddress)) }
        var lengths = arguments.map(\.count)
        var target: UnsafeMutablePointer<CChar>?
        let count = redisFormatCommandArgv(&target, Int32(arguments.count), &pointers, &lengths)
        guard let target, count >= 0 else { return [] }
        defer { redisFreeCommand(target) }
        return UnsafeBufferPointer(start: target, count: Int(count)).map { UInt8(bitPattern: $0) }
    }

    @Test("a command is encoded as hiredis encodes it")
    func likeHiredis() {
        let command = RedisCommand("SET", "käse", [UInt8]([0, 255, 13, 10]), "NX", "PX", 30_000)
        let expected = self.hiredis([
            Array("SET".utf8), Array("käse".utf8), [0, 255, 13, 10], Array("NX".utf8), Array("PX".utf8),
            Array("30000".utf8),
        ])
        #expect(command.bytes == expected)
    }

    @Test("arguments counted at run time are encoded like those in the source")
    func dynamic() {
        let dynamic = RedisCommand("DEL", arguments: ["a", 7, [UInt8]("b".utf8)])
        #expect(dynamic.bytes == RedisCommand("DEL", "a", 7, "b").bytes)
    }

    @Test("integers are written in decimal", arguments: [0, 9, 10, 99, 100, -1, -10, Int64.max, Int64.min])
    func integers(value: Int64) {
        #expect(RedisCommand("X", value).bytes == RedisCommand("X", "\(value)").bytes)
    }

    @Test("random arguments of any size are encoded as hiredis encodes them")
    func random() {
        for _ in 0..<200 {
            let arguments = (0..<Int.random(in: 0...12)).map { _ in
                (0..<Int.random(in: 0...300)).map { _ in UInt8.random(in: 0...255) }
            }
            #expect(RedisCommand("CMD", arguments: arguments).bytes == self.hiredis([Array("CMD".utf8)] + arguments))
        }
    }

    @Test("slices and unsigned integers are arguments, too")
    func otherArguments() {
        let bytes = Array("hello".utf8)
        let command = RedisCommand("X", bytes[1...2], "hello".dropFirst(3), UInt64.max, 5)
        #expect(command.bytes == RedisCommand("X", "el", "lo", "18446744073709551615", "5").bytes)
    }

    @Test("a command's description and dump do not show its arguments")
    func noArguments() {
        let command = RedisCommand("AUTH", "hunter2")
        var dumped = ""
        dump(command, to: &dumped)
        #expect(!"\(command) \(String(reflecting: command)) \(dumped)".contains("hunter2"))
    }
}
