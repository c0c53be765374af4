import NIOCore
import NIOPosix

/// Many connections that each read one stream.
struct Swarm {
    let arrivals: Arrivals
    private let channels: [any Channel]

    /// Connects them, some hundred at a time, so that nobody's queue overflows.
    static func connect<Reader: Subscriber>(
        _ count: Int, port: Int, request: HTTPRequest, _ reader: @escaping @Sendable () -> Reader
    ) async throws -> Swarm {
        let arrivals = Arrivals(count: count)
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // A message comes alone; a second look for more would be this machine's work and nobody's gain.
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SubscriberHandler(reader(), arrivals))
                }
            }
        var channels: [any Channel] = []
        while channels.count < count {
            let futures = (channels.count..<min(count, channels.count + 200)).map { _ in
                bootstrap.connect(host: "127.0.0.1", port: port)
            }
            for future in futures {
                let channel = try await future.get()
                channel.writeAndFlush(ByteBuffer(string: request.text), promise: nil)
                channels.append(channel)
            }
        }
        return Swarm(arrivals: arrivals, channels: channels)
    }

    func disconnect() {
        for channel in self.channels { channel.close(promise: nil) }
    }
}
