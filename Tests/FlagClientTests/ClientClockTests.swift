import FlagAPI
import FlagModel
import NIOHTTP1
import TestSupport
import Testing

@testable import FlagClient

@Suite("A client whose clock jumps")
struct ClientClockTests {
    private let time = ShiftedTime()

    /// What followers of an impatient flag are told.
    private static func reasons(_ client: FlagClient) -> AsyncStream<EvaluationReason> {
        let (reasons, continuation) = AsyncStream.makeStream(of: EvaluationReason.self)
        let task = Task {
            for await details in client.updates(of: "impatient", default: false) { continuation.yield(details.reason) }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return reasons
    }

    @Test("keeps its stream and its flags when the wall clock is set by a year, there and back")
    func wall() async throws {
        let snapshot = try Samples.snapshot(1, extra: ["impatient": Samples.impatient])
        try await StubControlPlane.with(snapshot) { stub in
            try await withClient(Samples.configuration(stub.port), time: self.time.source) { client in
                try await client.waitUntilReady()
                for (revision, jump) in [(2, 31_536_000), (3, -63_072_000), (4, 31_536_000)] as [(Int64, Int)] {
                    self.time.setWall(by: .seconds(jump))
                    stub.publish(
                        try Samples.snapshot(
                            revision, greeting: "revision \(revision)", extra: ["impatient": Samples.impatient]))
                    try await eventually { client.string("greeting", default: "") == "revision \(revision)" }
                    try await eventually { stub.reports.last?.revision == revision }
                    #expect(client.boolDetails("impatient", default: false).reason != .stale)
                    #expect(client.status.heardAgo.map { $0 < .seconds(30) } == true)
                }
                #expect(stub.streamRequests.count == 1, "no stream was taken for dead")
            }
        }
    }

    @Test("that sleeps for an hour takes its stream for dead, serves the safe variant, and is back with what is new")
    func sleeps() async throws {
        let extra: [FlagKey: JSONValue] = ["impatient": Samples.impatient]
        try await StubControlPlane.with(try Samples.snapshot(1, extra: extra)) { stub in
            try await withClient(Samples.configuration(stub.port), time: self.time.source) { client in
                try await client.waitUntilReady()
                var reasons = Self.reasons(client).makeAsyncIterator()
                let fresh = await reasons.next()
                #expect(fresh != nil && fresh != .stale)
                // While it sleeps, its stream dies and there is a new revision; on waking, the network is not there yet.
                stub.set {
                    $0.mode = .mute
                    $0.refusal = Problem(type: "unavailable", title: "Unavailable", status: 503, detail: "not yet")
                }
                stub.publish(try Samples.snapshot(2, greeting: "slept through", extra: extra))
                self.time.advance(by: .seconds(3600))
                var reason = await reasons.next()
                #expect(reason == .stale)
                stub.set {
                    $0.mode = .normal
                    $0.refusal = nil
                }
                try await eventually { client.string("greeting", default: "") == "slept through" }
                while reason == .stale { reason = await reasons.next() }
                #expect(reason == fresh)
                #expect(client.bool("impatient", default: false))
                #expect(stub.streamRequests.last?.headers["Last-Event-ID"].isEmpty == false)
            }
        }
    }

    @Test("stays patient over many small leaps, as long as its stream brings something between them")
    func leaps() async throws {
        let extra: [FlagKey: JSONValue] = ["impatient": Samples.impatient]
        try await StubControlPlane.with(try Samples.snapshot(1, extra: extra)) { stub in
            try await withClient(Samples.configuration(stub.port), time: self.time.source) { client in
                try await client.waitUntilReady()
                for revision in 2...20 as ClosedRange<Int64> {
                    self.time.advance(by: .seconds(30))
                    #expect(client.boolDetails("impatient", default: false).reason != .stale)
                    stub.publish(try Samples.snapshot(revision, extra: extra))
                    try await eventually { client.status.revision == revision }
                }
                #expect(stub.streamRequests.count == 1)
            }
        }
    }
}
