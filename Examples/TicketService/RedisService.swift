import ServiceLifecycle
import TicketRuntime

/// Keeps the connection to Redis while the service runs. That Redis is away stops nothing: tickets are refused until it
/// is back.
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
