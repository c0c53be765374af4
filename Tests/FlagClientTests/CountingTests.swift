import FlagAPI
import FlagModel
import TestSupport
import Testing

@testable import FlagClient

@Suite("Counting")
struct CountingTests {
    private static let user = EvaluationContext(targetingKey: "ada")

    /// A flag that serves `on` to a share of the users.
    private static func rollout(_ percentage: Int64) -> JSONValue {
        [
            "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
            "rollout": ["variant": "on", "percentage": .integer(percentage), "seed": "s"],
        ]
    }

    private static func client(_ flags: [FlagKey: JSONValue] = [:]) throws -> FlagClient {
        let client = try FlagClient(configuration: Samples.configuration(1))
        client.live.apply(AppliedSnapshot(try Samples.snapshot(1, extra: flags), after: nil))
        return client
    }

    @Test("tells those in the rollout from the others, by what the flag says of them")
    func sides() throws {
        let client = try Self.client(["NEW": Self.rollout(50)])
        let isIn = (0..<200).map { EvaluationContext(targetingKey: "user-\($0)") }
        for (number, user) in isIn.enumerated() {
            client.count("checkout", failed: number.isMultiple(of: 4), flag: "NEW", context: user)
        }
        let counters = client.live.counters.counters
        #expect(Set(counters.map(\.cohort)) == [.rollout, .control])
        let served = isIn.count { client.bool("NEW", default: false, context: $0) }
        #expect(counters.first { $0.cohort == .rollout }?.attempts == Int64(served))
        #expect(counters.reduce(0) { $0 + $1.attempts } == 200)
        #expect(counters.reduce(0) { $0 + $1.failures } == 50)
    }

    @Test("a flag that there is not, or no snapshot, is no error and belongs to nobody")
    func unknown() throws {
        let client = try Self.client()
        client.count("checkout", flag: "NEW", context: Self.user)
        let early = try FlagClient(configuration: Samples.configuration(1))
        early.count("checkout", flag: "NEW", context: Self.user)
        #expect(client.live.counters.counters.map(\.cohort) == [.unknown])
        #expect(early.live.counters.counters.map(\.cohort) == [.unknown])
    }

    @Test("there are no more counters than there is room for, and unusable names are dropped")
    func bounded() throws {
        let client = try Self.client()
        client.count("two words", flag: "NEW", context: Self.user)
        #expect(client.live.counters.counters.isEmpty && client.live.counters.hasDropped)
        for number in 0..<1000 { client.count("user-\(number)", flag: "NEW", context: Self.user) }
        #expect(client.live.counters.counters.count == CounterBoard.limit)
    }

    @Test("no attempt is lost among many tasks")
    func concurrent() async throws {
        let client = try Self.client(["NEW": Self.rollout(100)])
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<500 { client.count("checkout", failed: true, flag: "NEW", context: Self.user) }
                }
            }
        }
        #expect(
            client.live.counters.counters == [
                .init(name: "checkout", flag: "NEW", cohort: .everyone, attempts: 4000, failures: 4000)
            ])
    }

    @Test("what is counted is reported in full, again when it changes, with what the service hands in")
    func reported() async throws {
        let snapshot = try Samples.snapshot(1, extra: ["NEW": Self.rollout(100)])
        try await StubControlPlane.with(snapshot) { stub in
            var configuration = Samples.configuration(stub.port)
            let issued = TelemetryCounts.Attempts(
                operation: "issue", pathway: "ticket", cohort: .everyone, count: 3)
            configuration.telemetry = { TelemetryCounts(attempts: [issued]) }
            try await withClient(configuration) { client in
                try await client.ready()
                for count in 1...3 as ClosedRange<Int64> {
                    client.count("checkout", flag: "NEW", context: Self.user)
                    try await eventually {
                        stub.reports.last?.telemetry?.counts.counters.map(\.attempts) == [count]
                    }
                }
            }
            #expect(stub.reports.allSatisfy { $0.telemetry?.counts.attempts == [issued] })
            #expect(Set(stub.reports.compactMap { $0.telemetry?.start }).count == 1)
            // The last report, which says goodbye, has all counts.
            #expect(stub.reports.last?.leaving == true)
            #expect(stub.reports.last?.telemetry?.counts.counters.map(\.attempts) == [3])
        }
    }

    @Test("who counts nothing reports nothing of it")
    func silent() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                try await eventually { client.status.counts.reports >= 1 }
            }
            #expect(stub.reports.allSatisfy { $0.telemetry == nil })
        }
    }
}
