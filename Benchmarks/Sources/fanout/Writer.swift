import NIOCore
import NIOPosix

/// One connection that makes changes, one after the other. Answers are read by nobody: that a change was made is seen
/// where it arrives.
struct Writer {
    private let channel: any Channel

    static func connect(port: Int) async throws -> Writer {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeSucceededVoidFuture()
            }
            .connect(host: "127.0.0.1", port: port).get()
        return Writer(channel: channel)
    }

    /// Sends a request.
    func send(_ request: HTTPRequest) {
        self.channel.writeAndFlush(ByteBuffer(string: request.text), promise: nil)
    }

    func disconnect() {
        self.channel.close(promise: nil)
    }
}
