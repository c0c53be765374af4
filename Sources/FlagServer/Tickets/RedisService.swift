internal import ServiceLifecycle
internal import TicketRuntime

/// Keeps the connection to Redis while the server runs. That Redis is away does not stop the server.
struct RedisService: Service {
    let store: RedisTicketStore

    func run() async throws {
        await withGracefulShutdownHandler {
            await self.store.run()
        } onGracefulShutdown: {
            Task { await self.store.shutdown() }
        }
    }
}
