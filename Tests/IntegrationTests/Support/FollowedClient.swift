import FlagClient
import FlagModel
import Logging
import Synchronization

/// A FlagClient in this process, and what it had in force, in order.
final class FollowedClient: Sendable {
    /// A revision that was in force, and the digest of what was served then.
    struct Sighting: Sendable, Hashable {
        var revision: Int64
        var digest: String
    }

    let client: FlagClient
    private let sightings = Mutex<[Sighting]>([])

    private init(_ client: FlagClient) { self.client = client }

    /// Runs that many clients of an environment, each with connections of its own, for as long as `body` takes.
    static func with<Value: Sendable>(
        _ count: Int, at address: String, environment: EnvironmentName = "development",
        token: String = RunningServer.adminToken, configure: (inout FlagClientConfiguration) -> Void = { _ in },
        _ body: ([FollowedClient]) async throws -> Value
    ) async throws -> Value {
        let clients = try (0..<count).map { number in
            var configuration = FlagClientConfiguration(
                server: address, environment: environment, token: AccessToken(token),
                instance: InstanceIdentity(name: "followed", id: "followed-\(number)", version: "1.0"))
            configuration.logger = Logger(label: "followed") { _ in SwiftLogNoOpLogHandler() }
            configure(&configuration)
            return FollowedClient(try FlagClient(configuration: configuration))
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for client in clients { group.addTask { try await client.run() } }
            let outcome: Result<Value, any Error>
            do {
                outcome = .success(try await body(clients))
            } catch {
                outcome = .failure(error)
            }
            for client in clients { client.client.shutdown() }
            try await group.waitForAll()
            return try outcome.get()
        }
    }

    /// All that was seen so far. Whoever follows slowly is spared some revisions, but sees none twice or out of order.
    var seen: [Sighting] { self.sightings.withLock { $0 } }

    /// Whether revisions only went up.
    var isOrdered: Bool {
        let revisions = self.seen.map(\.revision)
        return zip(revisions, revisions.dropFirst()).allSatisfy { $0 < $1 }
    }

    private func run() async throws {
        async let running: Void = self.client.run()
        for await snapshot in self.client.snapshots {
            // The content's own digest, whatever the snapshot says that it is.
            let digest = Snapshot(
                environment: snapshot.environment, revision: snapshot.revision, content: snapshot.content
            ).digest
            self.sightings.withLock { $0.append(Sighting(revision: snapshot.revision, digest: digest)) }
        }
        try await running
    }
}
