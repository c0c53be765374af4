import NIOCore
import NIOPosix
import Synchronization

/// A server that answers the handshake as Redis would and everything after it with bytes of the test's choice.
final class FakeServer: Sendable {
    private let listener: any Channel
    private let counts: Counts

    private final class Counts: Sendable {
        let accepted = Atomic<Int>(0)
    }

    /// Runs a server that answers the first read of each connection with `+OK` and later ones with `answer`.
    static func withServer<Value: Sendable>(
        answering answer: String, _ body: (FakeServer) async throws -> Value
    ) async throws -> Value {
        let counts = Counts()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                counts.accepted.wrappingAdd(1, ordering: .relaxed)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answerer(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        do {
            let value = try await body(FakeServer(listener: listener, counts: counts))
            try await listener.close()
            return value
        } catch {
            try await listener.close()
            throw error
        }
    }

    private init(listener: any Channel, counts: Counts) {
        self.listener = listener
        self.counts = counts
    }

    var port: Int { self.listener.localAddress?.port ?? 0 }
    /// How many connections were made to it.
    var accepted: Int { self.counts.accepted.load(ordering: .relaxed) }

    private final class Answerer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let answer: String
        private var isGreeted = false

        init(_ answer: String) {
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let reply = self.isGreeted ? self.answer : "+OK\r\n"
            self.isGreeted = true
            context.writeAndFlush(NIOAny(ByteBuffer(string: reply)), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
