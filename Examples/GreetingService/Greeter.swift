import Configuration
import FlagClient
import Logging
import ServiceLifecycle

/// Greets everyone it knows, now and whenever the greeting changes.
struct Greeter: Service {
    let client: FlagClient
    let config: ConfigReader
    let logger: Logger

    private static let names = ["Ada", "Edsger", "Grace", "Tony"]

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await self.client.waitUntilReady(timeout: .seconds(5))
            } catch let error as FlagClientError {
                self.logger.warning("greeting without flags for now: \(error)")
            }
            try await self.config.watchString(forKey: "greeting", default: "Hello") { greetings in
                for await greeting in greetings { self.greet(greeting) }
            }
        }
    }

    private func greet(_ greeting: String) {
        for name in Self.names {
            // The key's context is the evaluation context, so a rollout of `loud` by targetingKey reaches some of them.
            let loud = ConfigKey("loud", context: ["targetingKey": .string(name)])
            let sentence = "\(greeting), \(name)!"
            self.logger.info("\(self.config.bool(forKey: loud, default: false) ? sentence.uppercased() : sentence)")
        }
    }
}
