import ControlPlane
import FlagModel
import FlagStore
import Logging
import Synchronization
import TestSupport
import Testing

@testable import FlagServer

@Suite("The service that moves rollouts along")
struct RolloutServiceTests {
    /// A storage that fails for as long as it is told to.
    private final class FailingStorage: FlagStorage {
        let failure = Mutex<StorageFailure?>(nil)
        private let store: FlagStore

        init(_ store: FlagStore) { self.store = store }

        func read<Value: Sendable>(
            _ query: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Value
        ) async throws(ControlPlaneError) -> Value {
            if let failure = self.failure.withLock(\.self) { throw .storage(failure) }
            return try await self.store.read(query)
        }

        func transact<Outcome: Sendable>(
            urgency: Urgency,
            _ decide: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<Outcome>
        ) async throws(ControlPlaneError) -> Outcome {
            try await self.store.transact(urgency: urgency, decide)
        }
    }

    @Test("A failure is said once for each cause, not each second, and so is its end; then rollouts go on")
    func failure() async throws {
        let directory = try TemporaryDirectory()
        let store = try FlagStore(
            FlagStoreConfiguration(
                databasePath: directory.path + "/flags.sqlite", migrationsDirectory: TestAPI.project + "/migrations"))
        defer { try? store.close() }
        let storage = FailingStorage(store)
        let clock = ManualClock()
        let plane = try await ControlPlane(storage: storage, now: { clock.now })
        let flag = FlagDefinition(
            type: .boolean, variants: ["on": true, "off": false], defaultVariant: "off", safeVariant: "off")
        _ = try await plane.apply(
            EnvironmentDocument(name: "test", settings: EnvironmentSettings(description: "x"), flags: ["X": flag]),
            reason: "start", by: .system)
        let author = Author(name: "rosa", role: .releaseManager)
        _ = try await plane.startRollout(
            try RolloutPlan(flag: "X", steps: "1%:1s,100%"), in: "test", reason: "go", by: author)

        let log = RecordingOutput()
        let logger = Logger(label: "test") { label in
            LineLogHandler(label: label, level: .info, format: .text, output: log, now: { clock.now })
        }
        let engine = RolloutEngine(plane: plane, isConverged: { _, _ in true }, counts: { _, _ in GuardCounts() })
        let service = RolloutService(engine: engine, logger: logger)
        var troubles: [ControlPlaneError] = []
        func look(_ failure: StorageFailure?) async {
            storage.failure.withLock { $0 = failure }
            for _ in 0..<5 { await service.look(&troubles) }
        }
        await look(StorageFailure(.unavailable, "away", at: "here", cure: "wait"))
        await look(StorageFailure(.full, "full", at: "here", cure: "clear some"))
        #expect(log.lines.count == 2)
        await look(nil)
        #expect(log.lines.count == 3 && log.text.contains("rollouts go on again"))
        clock.advance(seconds: 1)
        await look(nil)
        #expect(try await plane.rollout(1, in: "test").machine.phase == .completed)
        #expect(log.text.contains("rollout completed"))
    }
}
