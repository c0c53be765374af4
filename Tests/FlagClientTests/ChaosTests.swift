import FlagAPI
import FlagModel
import TestProxy
import TestSupport
import Testing

@testable import FlagClient

@Suite("A client behind a proxy that cuts at random bytes")
struct ChaosTests {
    @Test("never goes back, never sees half a revision, and converges when the cutting ends", arguments: [1, 2, 3, 4])
    func converges(seed: UInt64) async throws {
        try await StubControlPlane.with(try Samples.snapshot(1, greeting: "revision 1")) { stub in
            try await FaultyProxy.with(to: stub.port, seed: seed) { proxy in
                proxy.set { .cut(after: .random(in: 0...3000, using: &$0)) }
                try await withClient(Samples.configuration(proxy.port)) { client in
                    async let isMonotone = Self.watch(client)
                    var revision: Int64 = 1
                    while proxy.harms < 60 {
                        let harms = proxy.harms
                        revision += 1
                        stub.publish(try Samples.snapshot(revision, greeting: "revision \(revision)"))
                        try await eventually("a revision arrives, or its connection is cut") {
                            client.status.revision == revision || proxy.harms > harms
                        }
                    }
                    proxy.set { _ in .none }
                    revision += 1
                    let last = try Samples.snapshot(revision, greeting: "revision \(revision)")
                    stub.publish(last)
                    try await eventually { client.status.revision == revision }
                    #expect(client.status.digest == last.digest)
                    #expect(client.status.counts.resyncs == 0, "nothing was corrupt, only cut")
                    try await eventually { stub.reports.last?.revision == revision }
                    client.shutdown()
                    #expect(await isMonotone)
                }
            }
        }
    }

    /// Whether revisions only ever rise, and each shows its own greeting.
    private static func watch(_ client: FlagClient) async -> Bool {
        var last: Int64 = 0
        for await snapshot in client.snapshots {
            let greeting = snapshot.evaluate("greeting", for: EvaluationContext()).value
            guard snapshot.revision > last, greeting == .string("revision \(snapshot.revision)") else { return false }
            last = snapshot.revision
        }
        return last > 0
    }
}
