/// A command, encoded once as a RESP array of bulk strings.
///
/// ```swift
/// let store = RedisCommand("SET", key, record, "NX", "PX", 30_000)
/// ```
///
/// It has no description of its own arguments: they may be secrets.
public struct RedisCommand: Sendable {
    /// The bytes that go over the wire.
    let bytes: [UInt8]

    @usableFromInline
    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Encodes a command in one allocation.
    ///
    /// - Parameters:
    ///   - name: The command's name, one word.
    ///   - arguments: Text, bytes or integers. A sub-command (`CLIENT SETNAME`) is the first argument.
    @inlinable
    public init<each Argument: RedisArgument>(_ name: StaticString, _ arguments: repeat each Argument) {
        var count = 1
        var size = RedisArgumentWriter.bulkSize(name.redisByteCount)
        for argument in repeat each arguments {
            count += 1
            size += RedisArgumentWriter.bulkSize(argument.redisByteCount)
        }
        size += RedisArgumentWriter.headSize(count)
        self.init(
            bytes: [UInt8](unsafeUninitializedCapacity: size) { memory, written in
                var writer = RedisArgumentWriter(UnsafeMutableRawBufferPointer(memory))
                writer.appendHead(UInt8(ascii: "*"), count)
                writer.appendBulk(name)
                for argument in repeat each arguments {
                    writer.appendBulk(argument)
                }
                written = writer.count
            })
    }

    /// Encodes a command whose number of arguments is known only at run time.
    ///
    /// - Parameters:
    ///   - name: The command's name, one word.
    ///   - arguments: The arguments, in order.
    public init(_ name: String, arguments: [any RedisArgument]) {
        var size = RedisArgumentWriter.bulkSize(name.redisByteCount)
        for argument in arguments {
            size += RedisArgumentWriter.bulkSize(argument.redisByteCount)
        }
        size += RedisArgumentWriter.headSize(arguments.count + 1)
        self.init(
            bytes: [UInt8](unsafeUninitializedCapacity: size) { memory, written in
                var writer = RedisArgumentWriter(UnsafeMutableRawBufferPointer(memory))
                writer.appendHead(UInt8(ascii: "*"), arguments.count + 1)
                writer.appendBulk(name)
                for argument in arguments {
                    writer.appendBulk(argument)
                }
                written = writer.count
            })
    }
}

extension RedisCommand: CustomStringConvertible, CustomReflectable {
    /// The size only.
    public var description: String { "RedisCommand(\(self.bytes.count) bytes)" }
    /// Nothing: arguments may be secrets.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
