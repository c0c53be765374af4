import FlagAPI
import FlagModel
import Logging
import NIOHTTP1
import TestSupport
import Testing

@testable import FlagClient

@Suite("A client on a stream")
struct ClientStreamTests {
    @Test("gets the snapshot on connecting, and each change pushed")
    func pushed() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                let readiness = try await client.ready()
                #expect(readiness == .network)
                #expect(client.string("greeting", default: "") == "hello")
                var updates = client.updates(of: "greeting", default: "").makeAsyncIterator()
                _ = await updates.next()
                stub.publish(try Samples.snapshot(2, greeting: "bye"))
                let update = await updates.next()
                #expect(update?.value == "bye")
                #expect(update?.revision == 2)
                #expect(client.status.connection == .streaming)
                #expect(client.status.source == .stream)
                #expect(client.status.counts.resyncs == 0)
                #expect(client.status.digest == (try Samples.snapshot(2, greeting: "bye").digest))
            }
        }
    }

    @Test("asks as the protocol says")
    func request() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                try await client.ready()
                let request = try #require(stub.streamRequests.first)
                #expect(request.uri == "/v1/environments/staging/stream?instance=instance-1")
                #expect(request.headers["Authorization"] == ["Bearer sb_secret-token"])
                #expect(request.headers["Accept"] == ["text/event-stream"])
                #expect(request.headers["Last-Event-ID"] == [])
            }
        }
    }

    @Test("goes on where it was after a connection that broke, and misses nothing")
    func resumes() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                try await client.ready()
                let position = StubControlPlane.position(try Samples.snapshot(1))
                stub.cut()
                stub.publish(try Samples.snapshot(2, greeting: "later"))
                try await eventually { client.status.revision == 2 }
                #expect(stub.streamRequests.last?.headers["Last-Event-ID"] == [position])
                #expect(client.status.counts.resyncs == 0)
            }
        }
    }

    @Test("comes back to a server that was away, on the same port")
    func restart() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                try await client.ready()
                let port = stub.port
                try await stub.stop()
                try await eventually { client.status.problem?.contains("cannot be reached") == true }
                #expect(client.string("greeting", default: "") == "hello")
                stub.publish(try Samples.snapshot(2, greeting: "again"))
                try await stub.start(port: port)
                try await eventually { client.status.revision == 2 }
                try await eventually { client.status.problem == nil }
            }
        }
    }

    @Test("a delta with a wrong digest is not applied; the whole snapshot is fetched at once")
    func corruptDelta() async throws {
        let log = CapturedLog()
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            try await withClient(Samples.configuration(stub.port), log: log) { client in
                try await client.ready()
                stub.set { $0.corruptsDeltas = true }
                for revision in 2...5 {
                    stub.publish(try Samples.snapshot(Int64(revision), greeting: "revision \(revision)"))
                    try await eventually { client.status.revision == Int64(revision) }
                    #expect(client.string("greeting", default: "") == "revision \(revision)")
                }
                #expect(client.status.counts.resyncs == 4)
                #expect(stub.streamRequests.count == 5)
                #expect(stub.streamRequests.dropFirst().allSatisfy { $0.headers["Last-Event-ID"].isEmpty })
                try await eventually { client.status.connection == .streaming }
            }
        }
        #expect(log.lines.contains { $0.message.contains("does not fit") })
    }

    @Test("a resync is over as soon as the whole snapshot is there, and not with the next heartbeat")
    func resyncEnds() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            // Mute: nothing comes but what a stream begins with.
            stub.set {
                $0.mode = .mute
                $0.corruptsDeltas = true
            }
            try await withClient(Samples.configuration(stub.port)) { client in
                try await client.waitUntilReady()
                stub.publish(try Samples.snapshot(2))
                stub.cut()
                try await eventually { client.status.revision == 2 }
                #expect(client.status.counts.resyncs == 1)
                try await eventually { client.status.connection == .streaming }
            }
        }
    }

    @Test("an older revision is refused, counted and logged once, and a newer one taken")
    func older() async throws {
        let log = CapturedLog()
        try await StubControlPlane.with(try Samples.snapshot(10, greeting: "ten")) { stub in
            try await withClient(Samples.configuration(stub.port), log: log) { client in
                try await client.ready()
                stub.set { $0.history = [:] }
                stub.publish(try Samples.snapshot(4, greeting: "four"))
                stub.cut()
                try await eventually { client.status.counts.refused >= 1 }
                #expect(client.string("greeting", default: "") == "ten")
                #expect(client.status.revision == 10)
                try await eventually { stub.reports.last?.revision == 10 }
                stub.publish(try Samples.snapshot(11, greeting: "eleven"))
                try await eventually { client.string("greeting", default: "") == "eleven" }
            }
        }
        #expect(log.lines.count { $0.level == .error && $0.message.contains("older revision") } == 1)
    }

    @Test("a control plane that lost revisions and counts on is followed again once it is ahead, without a resync")
    func catchesUp() async throws {
        try await StubControlPlane.with(try Samples.snapshot(10, greeting: "ten")) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                try await client.ready()
                stub.set { $0.history = [:] }
                stub.publish(try Samples.snapshot(8, greeting: "eight"))
                stub.cut()
                try await eventually { client.status.counts.refused >= 1 }
                stub.publish(try Samples.snapshot(9, greeting: "nine"))
                try await eventually { client.status.counts.refused >= 2 }
                stub.publish(try Samples.snapshot(11, greeting: "eleven"))
                try await eventually { client.string("greeting", default: "") == "eleven" }
                #expect(client.status.counts.resyncs == 0)
            }
        }
    }

    @Test("another content under the same revision is looked at twice, logged, and not taken")
    func conflict() async throws {
        let log = CapturedLog()
        try await StubControlPlane.with(try Samples.snapshot(10, greeting: "ours")) { stub in
            try await withClient(Samples.configuration(stub.port), log: log) { client in
                try await client.ready()
                stub.set { $0.history = [:] }
                stub.publish(try Samples.snapshot(10, greeting: "theirs"))
                stub.cut()
                try await eventually { client.status.counts.conflicts >= 1 }
                #expect(client.string("greeting", default: "") == "ours")
                #expect(client.status.counts.resyncs >= 1)
            }
        }
        #expect(log.lines.contains { $0.level == .error && $0.message.contains("another content") })
    }

    @Test("a refusal is logged as an error with the server's own words, once, and not repeated fast")
    func refusal() async throws {
        let log = CapturedLog()
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set {
                $0.refusal = Problem(
                    type: "token-invalid", title: "Not authenticated", status: 401, detail: "the token was revoked")
            }
            var configuration = Samples.configuration(stub.port)
            configuration.timings.backOff = .milliseconds(1) ... .seconds(600)
            try await withClient(configuration, log: log) { client in
                try await eventually { client.status.problem?.contains("the token was revoked") == true }
                #expect(client.status.connection == .backingOff)
                #expect(stub.streamRequests.count == 1)
                await #expect(throws: FlagClientError.self) {
                    try await client.waitUntilReady(timeout: .milliseconds(1))
                }
            }
        }
        #expect(log.lines.count { $0.level == .error } == 1)
        #expect(log.lines.contains { $0.metadata["flags.problem"] == "token-invalid" })
        #expect(!log.text.contains("secret-token"))
    }

    @Test("a stream that ends in good order is opened again from where it was")
    func end() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set { $0.mode = .end }
            try await withClient(Samples.configuration(stub.port)) { client in
                try await client.ready()
                try await eventually { stub.streamRequests.count >= 4 }
                #expect(client.status.counts.failures == 0)
                stub.set { $0.mode = .normal }
                stub.publish(try Samples.snapshot(2))
                try await eventually { client.status.revision == 2 }
            }
        }
    }

    @Test("a stream without heartbeats is given up")
    func silence() async throws {
        let log = CapturedLog()
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set { $0.mode = .mute }
            var configuration = Samples.configuration(stub.port)
            configuration.timings.heartbeatInterval = .milliseconds(40)
            configuration.timings.streamFailuresBeforePolling = 100
            try await withClient(configuration, log: log) { client in
                try await client.ready()
                stub.publish(try Samples.snapshot(2, greeting: "unheard"))
                try await eventually { client.string("greeting", default: "") == "unheard" }
                #expect(stub.streamRequests.count >= 2)
                #expect(client.status.counts.failures >= 1)
            }
        }
        #expect(log.lines.contains { $0.metadata["flags.reason"]?.contains("in time") == true })
    }

    @Test("another environment's snapshot is never applied")
    func foreignEnvironment() async throws {
        try await StubControlPlane.with(try Samples.snapshot(3, environment: "production")) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                try await eventually { client.status.counts.failures >= 2 }
                #expect(client.status.revision == nil)
            }
        }
    }
}
