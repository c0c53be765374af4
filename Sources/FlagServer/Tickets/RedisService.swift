internal import RedisClient
internal import ServiceLifecycle

/// Keeps the connection to Redis while the server runs. That Redis is away does not stop the server.
struct RedisService: Service {
    let client: RedisClient

    func run() async throws {
        await withGracefulShutdownHandler {
            await self.client.run()
        } onGracefulShutdown: {
            Task { await self.client.shutdown() }
        }
    }
}
