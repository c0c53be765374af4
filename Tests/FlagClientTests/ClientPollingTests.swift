import FlagAPI
import FlagModel
import Logging
import NIOHTTP1
import Synchronization
import TestSupport
import Testing

@testable import FlagClient

@Suite("A client that polls")
struct ClientPollingTests {
    @Test("falls back to polling when streams are cut, and returns to streaming when they get through")
    func fallsBackAndReturns() async throws {
        let log = CapturedLog()
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set { $0.mode = .cut }
            try await withClient(Samples.configuration(stub.port), log: log) { client in
                try await eventually { client.status.connection == .polling }
                try await eventually { stub.polls >= 2 }
                stub.publish(try Samples.snapshot(2, greeting: "polled"))
                try await eventually { client.string("greeting", default: "") == "polled" }
                stub.set { $0.mode = .normal }
                try await eventually { client.status.connection == .streaming }
                stub.publish(try Samples.snapshot(3, greeting: "streamed"))
                try await eventually { client.string("greeting", default: "") == "streamed" }
            }
        }
        #expect(log.lines.contains { $0.level == .warning && $0.message.contains("polling instead") })
        #expect(log.lines.contains { $0.message.contains("gets through again") })
    }

    @Test("is ready by its first poll when a proxy swallows streams")
    func ready() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set { $0.mode = .hang }
            var configuration = Samples.configuration(stub.port)
            configuration.timings.responseTimeout = .milliseconds(100)
            configuration.timings.streamTrialInterval = .seconds(600) ... .seconds(600)
            try await withClient(configuration) { client in
                try await eventually { client.status.revision == 1 }
                let readiness = try await client.ready()
                #expect(readiness == .network)
                #expect(client.status.source == .polling)
                #expect(client.status.connection == .polling)
                try await eventually { stub.reports.last?.source == .polling }
            }
        }
    }

    @Test("asks for what is new alone, and counts an answer that there is nothing as having heard")
    func conditional() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set { $0.mode = .hang }
            var configuration = Samples.configuration(stub.port)
            configuration.timings.responseTimeout = .milliseconds(100)
            configuration.timings.streamTrialInterval = .seconds(600) ... .seconds(600)
            try await withClient(configuration) { client in
                try await eventually { client.status.counts.polls >= 3 }
                let polls = stub.state.withLock { $0.requests }.filter { $0.uri.hasSuffix("/snapshot") }
                #expect(polls.first?.headers["If-None-Match"] == [])
                #expect(polls.dropFirst().allSatisfy { !$0.headers["If-None-Match"].isEmpty })
                #expect(client.status.counts.applied == 1)
                #expect(client.status.heardAgo.map { $0 < .seconds(10) } == true)
            }
        }
    }
}
