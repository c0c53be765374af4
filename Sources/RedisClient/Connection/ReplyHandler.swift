import NIOCore

/// Turns the channel's bytes into replies and hands each read's replies on together.
final class ReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: Connection
    private var parser: ReplyParser
    private var inbox: [RedisValue] = []

    /// - Throws: ``ReplyParserError`` if hiredis gets no memory for a reader.
    init(_ connection: Connection) throws(ReplyParserError) {
        self.connection = connection
        self.parser = try ReplyParser(limits: connection.configuration.replyLimits)
    }

    private var driver: ConnectionDriver? { self.connection.driver.value }

    func channelActive(context: ChannelHandlerContext) {
        self.driver?.opened(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = Self.unwrapInboundIn(data)
        do throws(ReplyParserError) {
            try buffer.withUnsafeReadableBytes { bytes throws(ReplyParserError) in
                try self.parser.parse(bytes, into: &self.inbox)
            }
        } catch {
            self.handOn()
            self.driver?.unreadable(error)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.handOn()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.handOn()
        self.driver?.ended("the server closed the connection")
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { self.driver?.write() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.driver?.caught(error)
    }

    private func handOn() {
        guard !self.inbox.isEmpty else { return }
        self.driver?.received(self.inbox)
        self.inbox.removeAll(keepingCapacity: true)
    }
}
