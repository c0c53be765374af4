import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("The event stream")
struct StreamTests {
    @Test("It begins with a snapshot and goes on with deltas that lead to what is published")
    func follows() async throws {
        try await RunningServer.with { server in
            let client = try EventClient(server, RunningServer.stream)
            try await eventually("a snapshot") { client.events.count == 1 }
            let head = try #require(client.head)
            for line in ["HTTP/1.1 200", "Content-Type: text/event-stream", "Cache-Control: no-cache"] {
                #expect(head.contains(line))
            }
            #expect(head.contains("X-Accel-Buffering: no"))
            #expect(client.comments == 1)
            #expect(client.events[0].name == "snapshot")
            var snapshot = try Snapshot(json: client.events[0].json)

            for ttl in [31, 32, 33] as [Int64] {
                try await server.makeRevision(ttl: ttl, base: snapshot.revision)
                try await eventually("a delta") { client.revision == snapshot.revision + 1 }
                let event = try #require(client.events.last)
                #expect(event.name == "delta")
                snapshot = try snapshot.applying(try SnapshotDelta(json: event.json))
                #expect(event.id == "\(snapshot.revision)-\(snapshot.digest.prefix(16))")
            }
            let published = try await server.request(.GET, "/v1/environments/development/snapshot")
            #expect(try Snapshot(json: published.json).digest == snapshot.digest)
            client.close()
        }
    }

    @Test("Who comes back gets nothing when current, a delta when behind, and a snapshot when it cannot be trusted")
    func resumes() async throws {
        try await RunningServer.with { server in
            let first = try EventClient(server, RunningServer.stream)
            try await eventually("a snapshot") { first.events.count == 1 }
            let id = try #require(first.events[0].id)
            let base = try #require(first.revision)
            first.close()
            try await server.makeRevision(ttl: 31, base: base)
            try await server.makeRevision(ttl: 32, base: base + 1)

            let behind = try EventClient(server, RunningServer.stream, lastEventID: id)
            try await eventually("a delta") { behind.events.count == 1 }
            #expect(behind.events[0].name == "delta" && behind.revision == base + 2)
            #expect(behind.events[0].json["from"]?.integerValue == base)

            let current = try EventClient(server, RunningServer.stream, lastEventID: behind.events[0].id)
            try await eventually("a greeting") { current.comments == 1 }
            let strangers = try ["nonsense", "999-0123456789abcdef", "\(base)-0123456789abcdef"].map {
                try EventClient(server, RunningServer.stream, lastEventID: $0)
            }
            for stranger in strangers {
                try await eventually("a snapshot") { stranger.events.count == 1 }
                #expect(stranger.events[0].name == "snapshot" && stranger.revision == base + 2)
            }
            // It would have come before what the others got.
            #expect(current.events.isEmpty)
            for client in strangers + [behind, current] { client.close() }
        }
    }

    @Test("Who comes back after a restart of the server goes on where it was")
    func restart() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var server = try await RunningServer.start(in: folder)
        for ttl in 31...45 as ClosedRange<Int64> { try await server.makeRevision(ttl: ttl) }
        let before = try EventClient(server, RunningServer.stream)
        try await eventually("a snapshot") { before.events.count == 1 }
        let id = try #require(before.events[0].id)
        for ttl in 46...47 as ClosedRange<Int64> { try await server.makeRevision(ttl: ttl) }
        let newest = try await server.revision()
        try await server.stop()
        #expect(before.events.last?.name == "end")
        #expect(before.events.last?.json["reason"]?.stringValue == "shutdown")

        server = try await RunningServer.start(in: folder)
        let after = try EventClient(server, RunningServer.stream, lastEventID: id)
        try await eventually("a delta") { after.events.count == 1 }
        #expect(after.events[0].name == "delta" && after.revision == newest)
        let snapshot = try Snapshot(json: before.events[0].json)
        let delta = try SnapshotDelta(json: after.events[0].json)
        #expect(try snapshot.applying(delta).revision == newest)
        try await server.stop()
    }

    @Test("A stream ends at its maximum age and says so")
    func maximumAge() async throws {
        try await RunningServer.with(environment: ["SIGNALBOX_STREAM_MAX_AGE": "10s"]) { server in
            let client = try EventClient(server, RunningServer.stream)
            try await eventually("the end") { client.hasEnded }
            #expect(client.events.map(\.name) == ["snapshot", "end"])
            #expect(client.events.last?.json["reason"]?.stringValue == "maximum-age")
        }
    }

    @Test("A silent stream shows that it is alive")
    func heartbeat() async throws {
        try await RunningServer.with(environment: ["SIGNALBOX_STREAM_HEARTBEAT": "1s"]) { server in
            let client = try EventClient(server, "/ofrep/v1/environments/development/events")
            try await eventually("three comments") { client.comments >= 3 }
            #expect(client.events.isEmpty)
            client.close()
        }
    }

    @Test("OpenFeature's clients hear of a revision, and at once of one that they missed")
    func changeEvents() async throws {
        try await RunningServer.with { server in
            let path = "/ofrep/v1/environments/development/events"
            let client = try EventClient(server, path)
            try await eventually("a greeting") { client.comments == 1 }
            let revision = try await server.makeRevision(ttl: 31)
            try await eventually("an event") { client.events.count == 1 }
            let event = client.events[0]
            #expect(event.id == "\(revision)" && event.name == "message")
            #expect(event.json["type"]?.stringValue == "refetchEvaluation")
            let late = try EventClient(server, path, lastEventID: "\(revision - 1)")
            try await eventually("an event") { late.events.count == 1 }
            #expect(late.events[0].data == event.data)
            for client in [client, late] { client.close() }
        }
    }
}
