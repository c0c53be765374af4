import NIOCore

/// What a caller hands in: bytes to write, and how many replies they bring.
enum Request: Sendable {
    case command(RedisCommand)
    /// Written without a gap; the replies are delivered together, as one array.
    case pipeline([RedisCommand])
    /// Nothing to write: the caller wants to know the session only.
    case session

    /// How many replies Redis sends for it.
    var replyCount: Int {
        switch self {
        case .command: 1
        case .pipeline(let commands): commands.count
        case .session: 0
        }
    }

    /// Appends the bytes of all its commands.
    func write(to buffer: inout ByteBuffer) {
        switch self {
        case .command(let command):
            buffer.writeBytes(command.bytes)
        case .pipeline(let commands):
            for command in commands {
                buffer.writeBytes(command.bytes)
            }
        case .session:
            break
        }
    }
}
