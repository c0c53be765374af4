import FlagAPI
import FlagClient
import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("flagctl --wait with a fleet of real clients")
struct FlagClientWaitTests {
    /// Each is one change, made on what the one before left.
    private static let changes = [
        ["set", "greetings", "greeting", "french"], ["rollout", "set", "greetings", "loud", "50"],
        ["kill", "greetings", "loud"], ["rollback", "greetings"],
    ]

    private static func flagctl(
        _ arguments: [String], wait: String = "--wait", on server: RunningServer
    ) async throws -> Program.Result {
        try await Program.run(
            Built.flagctl, arguments + ["--reason", "live", wait],
            environment: ["FLAGCTL_SERVER": server.address, "FLAGCTL_TOKEN": RunningServer.adminToken])
    }

    @Test("A set, a rollout, a kill and a rollback each end with the proof that all twelve have it")
    func converges() async throws {
        try await RunningServer.with { server in
            let token = try await server.makeGreetings()
            try await FollowedClient.with(12, at: server.address, environment: "greetings", token: token) { clients in
                try await server.waitForConvergence("greetings", of: 12)
                for change in Self.changes {
                    let result = try await Self.flagctl(change, on: server)
                    #expect(result.status == 0, "\(change): \(result.errors)")
                    let proof = /revision (\d+) is in force on 12 of 12 instances, last after \d+(\.\d+)? m?s/
                    let found = try #require(result.output.firstMatch(of: proof), "\(change): \(result.output)")
                    // It is in force when it is said to be, not a moment later.
                    let revision = Int64(found.output.1)
                    #expect(clients.allSatisfy { $0.client.status.revision == revision })
                }
            }
        }
    }

    @Test("With one of twelve frozen the exit status is 7 and the laggard is named; once it goes on, all is well")
    func laggard() async throws {
        try await RunningServer.with { server in
            let token = try await server.makeGreetings()
            try await FollowedClient.with(11, at: server.address, environment: "greetings", token: token) { _ in
                try await Greeter.with(server, token: token) { frozen in
                    try await server.waitForConvergence("greetings", of: 12)
                    frozen.freeze()
                    let late = try await Self.flagctl(Self.changes[0], wait: "--wait=2s", on: server)
                    #expect(late.status == 7, "\(late.output)\(late.errors)")
                    try await eventually("all others have it") {
                        try await server.convergence("greetings").acknowledged == 11
                    }
                    let laggard = try await server.convergence("greetings").laggards.first
                    let id = try #require(laggard?.id)
                    #expect(late.errors.contains("\(id) (greeting-service 1.0) is behind"), "\(late.errors)")
                    frozen.thaw()
                    let back = try await Self.flagctl(["rollback", "greetings"], on: server)
                    #expect(back.status == 0, "\(back.errors)")
                    #expect(back.output.contains("is in force on 12 of 12 instances"), "\(back.output)")
                }
            }
        }
    }
}
