import FlagAPI
import FlagModel
import Synchronization
import TestSupport
import Testing

@testable import FlagClient

@Suite("What is handed each snapshot")
struct HandOverTests {
    /// What was handed over, and whether that was in time.
    private final class Receiver: Sendable {
        private let state = Mutex<(revisions: [Int64], isLate: Bool)>(([], false))

        var revisions: [Int64] { self.state.withLock { $0.revisions } }
        var isLate: Bool { self.state.withLock { $0.isLate } }

        func take(_ snapshot: Snapshot, isLate: Bool) {
            self.state.withLock { state in
                state.revisions.append(snapshot.revision)
                state.isLate = state.isLate || isLate
            }
        }
    }

    @Test("has it before flags answer by it and before the control plane is told that it is in force")
    func inTime() async throws {
        let receiver = Receiver()
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            var configuration = Samples.configuration(stub.port)
            configuration.onSnapshot = { snapshot, _ in
                receiver.take(snapshot, isLate: stub.reports.contains { $0.revision >= snapshot.revision })
            }
            try await withClient(configuration) { client in
                try await client.ready()
                #expect(receiver.revisions == [1])
                for revision in Int64(2)...20 {
                    stub.publish(try Samples.snapshot(revision, greeting: "revision \(revision)"))
                    try await eventually { client.snapshot?.revision == revision }
                    #expect(receiver.revisions.last == revision)
                }
                try await eventually { stub.reports.last?.revision == 20 }
            }
        }
        #expect(receiver.revisions == Array(1...20))
        #expect(!receiver.isLate)
    }

    @Test("has that of the cache file first")
    func cache() async throws {
        let directory = try TemporaryDirectory()
        let receiver = Receiver()
        try await StubControlPlane.with(try Samples.snapshot(5)) { stub in
            var configuration = Samples.configuration(stub.port, cache: directory.cache)
            try await withClient(configuration) { client in
                try await client.ready()
                try await eventually { directory.names.contains("flags") }
            }
            stub.publish(try Samples.snapshot(6, greeting: "newer"))
            configuration.onSnapshot = { snapshot, _ in receiver.take(snapshot, isLate: false) }
            try await withClient(configuration) { client in
                try await eventually { client.snapshot?.revision == 6 }
            }
        }
        #expect(receiver.revisions == [5, 6])
    }

    @Test("is told which flags are stale, when they become it and when they no longer are")
    func stale() async throws {
        let time = ShiftedTime()
        let handed = AsyncStream.makeStream(of: Set<FlagKey>.self)
        let snapshot = try Samples.snapshot(1, extra: ["impatient": Samples.impatient])
        try await StubControlPlane.with(snapshot) { stub in
            var configuration = Samples.configuration(stub.port)
            configuration.onSnapshot = { _, stale in handed.continuation.yield(stale) }
            try await withClient(configuration, time: time.source) { client in
                var stale = handed.stream.makeAsyncIterator()
                #expect(await stale.next() == [])
                try await client.ready()
                let port = stub.port
                try await stub.stop()
                // What came before the end must not be heard after the clock has been moved.
                try await eventually { client.status.problem?.contains("cannot be reached") == true }
                time.advance(by: .seconds(61))
                #expect(await stale.next() == ["impatient"])
                try await stub.start(port: port)
                #expect(await stale.next() == [])
            }
        }
    }
}
