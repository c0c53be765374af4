import FlagClient
import Logging

/// Instances in this process, each with a FlagClient of its own that acknowledges what it applies.
struct Fleet {
    var count: Int
    var port: Int

    private static func configuration(port: Int, number: Int) -> FlagClientConfiguration {
        var configuration = FlagClientConfiguration(
            server: "http://127.0.0.1:\(port)", environment: "development",
            token: AccessToken(FlagServerProcess.token),
            instance: InstanceIdentity(name: "bench", id: "bench-\(number)", version: "1.0"))
        configuration.logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        return configuration
    }

    /// Does `body` while all of them have flags; then they leave.
    func run(_ body: () async throws -> Void) async throws {
        let clients = try (0..<self.count).map { number in
            try FlagClient(
                configuration: Self.configuration(port: self.port, number: number))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in clients { group.addTask { try await client.run() } }
            for client in clients { try await client.waitUntilReady(timeout: .seconds(30)) }
            try await body()
            for client in clients { client.shutdown() }
            try await group.waitForAll()
        }
    }
}
