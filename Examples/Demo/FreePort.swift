import NIOCore
import NIOPosix

/// A port that nobody listens on.
enum FreePort {
    static func find() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port
        try await channel.close()
        guard let port else { throw DemoError("no port is free on 127.0.0.1") }
        return port
    }
}
