import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("Event streams under fire", .serialized)
struct StreamFaultTests {
    @Test("A client that stops reading while 2,000 revisions are made costs little, and then reads on to the newest")
    func frozenReader() async throws {
        try await RunningServer.with { server in
            // Clients that read nothing: what the kernel does not take for them the server must not keep.
            let frozen = try (0..<10).map { _ in
                try EventClient(server, RunningServer.stream, receiveBuffer: 4096)
            }
            for client in frozen { try await eventually("a snapshot") { client.events.count == 1 } }
            for client in frozen { client.freeze(true) }
            var revision = try await server.revision()
            // 10 MB for each client, far more than the kernel keeps for it.
            revision = try await server.pad(5_000, base: revision)
            let before = try server.residentMemory()
            for step in 0..<2000 as Range<Int64> {
                revision = try await server.makeRevision(ttl: 100 + step % 1000, base: revision)
            }
            let growth = try server.residentMemory() - before
            #expect(growth < 64 << 20, "the server grew by \(growth >> 10) KB")
            for client in frozen { client.freeze(false) }
            for client in frozen {
                try await eventually("the newest revision") { client.revision == revision }
                #expect(client.isOrdered)
                #expect(client.events.count < 2000, "what nobody reads is not kept to be sent")
                client.close()
            }
        }
    }

    @Test("A server that stops ends its streams in time, those of clients that do not read as well")
    func shutdown() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try await RunningServer.start(in: folder)
        let clients = try (0..<15).map { number in
            try EventClient(server, RunningServer.stream, receiveBuffer: number < 10 ? 4096 : nil)
        }
        for client in clients { try await eventually("a snapshot") { client.events.count == 1 } }
        for client in clients.prefix(10) { client.freeze(true) }
        // 6 MB, more than the kernel keeps, so that there is something under way to those that do not read.
        var revision = try await server.pad(100_000, base: try await server.revision())
        for ttl in 100..<160 as Range<Int64> {
            revision = try await server.makeRevision(ttl: ttl, base: revision)
        }
        for client in clients.dropFirst(10) {
            try await eventually("the newest revision") { client.revision == revision }
        }
        let start = ContinuousClock.now
        #expect(try await server.stop() == 0, "\(server.log.suffix(2000))")
        // The deadline is 10 s; what does not end by itself is cut after 2 s.
        #expect(start.duration(to: .now) < .seconds(9))
        for client in clients.prefix(10) {
            client.freeze(false)
            try await eventually("the cut") { client.hasEnded }
            #expect(client.events.last?.name == "delta")
        }
        for client in clients.dropFirst(10) {
            try await eventually("the end") { client.hasEnded }
            #expect(client.events.last?.json["reason"]?.stringValue == "shutdown")
        }
    }

    @Test("Fifty clients survive kill -9 of the server: all come back to the newest, none sees an older revision")
    func killed() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var server = try await RunningServer.start(in: folder)
        var revision = try await server.revision()
        var subscribers = try (0..<50).map { _ in try Subscriber(server) }
        for round in 0..<3 as Range<Int64> {
            for step in 0..<10 as Range<Int64> {
                revision = try await server.makeRevision(ttl: 100 + round * 10 + step, base: revision)
            }
            // Some have the last revisions by now, some do not.
            await server.kill()
            for subscriber in subscribers { try await eventually("the cut") { subscriber.client.hasEnded } }
            server = try await RunningServer.start(in: folder)
            for index in subscribers.indices { try subscribers[index].reconnect(to: server) }
            revision = try await server.makeRevision(ttl: 500 + round, base: revision)
            for subscriber in subscribers {
                try await eventually("the newest revision") { subscriber.client.revision == revision }
            }
        }
        for index in subscribers.indices {
            subscribers[index].take()
            let seen = subscribers[index].seen
            #expect(zip(seen, seen.dropFirst()).allSatisfy { $0 < $1 }, "\(seen)")
            #expect(subscribers[index].snapshot?.revision == revision)
        }
        try await server.stop()
    }

    /// A client that keeps what it was sent and goes on from there.
    private struct Subscriber {
        var client: EventClient
        var seen: [Int64] = []
        var snapshot: Snapshot?

        init(_ server: RunningServer) throws {
            self.client = try EventClient(server, RunningServer.stream)
        }

        /// Applies what came; a delta that does not fit fails the test.
        mutating func take() {
            for event in self.client.events where event.revision != nil {
                do {
                    let next =
                        event.name == "snapshot"
                        ? try Snapshot(json: event.json)
                        : try self.snapshot?.applying(try SnapshotDelta(json: event.json))
                    self.snapshot = next
                    if let next { self.seen.append(next.revision) }
                } catch {
                    Testing.Issue.record("\(event.name) \(event.id ?? ""): \(error)")
                }
            }
        }

        mutating func reconnect(to server: RunningServer) throws {
            self.take()
            let place = self.snapshot.map { "\($0.revision)-\($0.digest.prefix(16))" }
            self.client = try EventClient(server, RunningServer.stream, lastEventID: place)
        }
    }
}
