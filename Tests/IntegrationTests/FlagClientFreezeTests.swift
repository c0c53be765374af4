import FlagAPI
import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("A service that is frozen", .serialized)
struct FlagClientFreezeTests {
    /// For how long it is frozen at least; a minute shows what the kernels keep, and takes it.
    private static let time = Duration.seconds(
        ProcessInfo.processInfo.environment["SIGNALBOX_FREEZE_SECONDS"].flatMap { Int($0) } ?? 6)

    @Test(
        "While a service is stopped and hundreds of revisions pass, the server stays small and names it; then it catches up"
    )
    func frozen() async throws {
        let environment = ["SIGNALBOX_INSTANCE_STALE_AFTER": "5s"]
        try await RunningServer.with(environment: environment) { server in
            try await Greeter.with(server, environment: "development") { service in
                try await server.waitForConvergence(of: 2)
                // 8 MB of deltas at least, more than the kernel keeps for a connection.
                var revision = try await server.pad(20_000, base: try await server.revision())
                try await server.waitForConvergence(of: 2)
                service.freeze()
                let before = try server.residentMemory()
                let start = ContinuousClock.now
                var count: Int64 = 0
                while count < 400 || start.duration(to: .now) < Self.time {
                    revision = try await server.makeRevision(ttl: 100 + count % 1000, base: revision)
                    count += 1
                }
                let growth = try server.residentMemory() - before
                #expect(growth < 64 << 20, "the server grew by \(growth >> 10) KB over \(count) revisions")
                try await eventually("the silence is noticed") {
                    try await server.convergence().laggards.first?.state == .stale
                }
                let report = try await server.convergence()
                #expect(!report.converged && report.acknowledged == 1 && report.instances == 2)
                #expect(report.laggards.map(\.name) == ["greeting-service"])
                #expect(report.laggards.allSatisfy { $0.revision < revision })

                service.thaw()
                try await server.waitForConvergence(of: 2)
                #expect(service.revisions.last == revision)
                #expect(zip(service.revisions, service.revisions.dropFirst()).allSatisfy { $0 < $1 })
                #expect(service.revisions.count < count, "what nobody reads is not kept to be sent")
            }
        }
    }
}
