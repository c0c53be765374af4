import FlagAPI
import FlagModel
import Logging
import NIOHTTP1
import TestSupport
import Testing

@testable import FlagClient

@Suite("A client with a cache file")
struct ClientCacheTests {
    private let directory: TemporaryDirectory

    init() throws { self.directory = try TemporaryDirectory() }

    /// Lets a client write the file from a control plane that is gone afterwards.
    ///
    /// - Returns: The port on which nobody listens any more.
    private func fill(_ snapshot: Snapshot) async throws -> Int {
        try await StubControlPlane.with(snapshot) { stub in
            try await withClient(Samples.configuration(stub.port, cache: self.directory.cache)) { client in
                try await client.ready()
                try await eventually { self.directory.names.contains("flags") }
            }
            return stub.port
        }
    }

    @Test("starts from the file when the control plane is away, and says so")
    func startsFromFile() async throws {
        let port = try await self.fill(try Samples.snapshot(5, greeting: "kept"))
        try await withClient(Samples.configuration(port, cache: self.directory.cache)) { client in
            let readiness = try await client.ready()
            #expect(readiness == .cache)
            #expect(client.string("greeting", default: "") == "kept")
            #expect(client.status.source == .cache)
            #expect(client.status.revision == 5)
        }
    }

    @Test("goes on from the file when the control plane is there")
    func resumesFromFile() async throws {
        let first = try Samples.snapshot(5, greeting: "kept")
        try await StubControlPlane.with(first) { stub in
            for round in 0..<2 {
                try await withClient(Samples.configuration(stub.port, cache: self.directory.cache)) { client in
                    let readiness = try await client.ready()
                    #expect(readiness == .network)
                    #expect(client.status.source == .stream)
                    #expect(client.status.counts.applied == 1)
                    if round == 1 {
                        #expect(
                            stub.streamRequests.last?.headers["Last-Event-ID"] == [StubControlPlane.position(first)])
                    }
                    try await eventually { self.directory.names.contains("flags") }
                }
            }
        }
    }

    @Test("is ready with what is in force, and not with the file, when the control plane has something newer")
    func greetingIsNoConfirmation() async throws {
        try await StubControlPlane.with(try Samples.snapshot(5)) { stub in
            for revision in [5, 6] as [Int64] {
                stub.publish(try Samples.snapshot(revision, greeting: "revision \(revision)"))
                try await withClient(Samples.configuration(stub.port, cache: self.directory.cache)) { client in
                    let readiness = try await client.ready()
                    #expect(readiness == .network)
                    #expect(client.status.revision == revision)
                    try await eventually { self.directory.names.contains("flags") }
                }
            }
            #expect(!(stub.streamRequests.last?.headers["Last-Event-ID"].isEmpty ?? true))
        }
    }

    @Test("without a file and without a control plane it is not ready, and says why")
    func nothing() async throws {
        // Nobody listens on port 1; one that was free a moment ago may be another test's by now.
        try await withClient(Samples.configuration(1, cache: self.directory.cache)) { client in
            try await eventually { client.status.problem?.contains("cannot be reached") == true }
            let error = await #expect(throws: FlagClientError.self) {
                try await client.waitUntilReady(timeout: .milliseconds(20))
            }
            #expect(error?.description.contains("cannot be reached") == true)
            #expect(client.bool("on", default: true))
        }
    }

    @Test("a damaged file is set aside and reported, and the client starts all the same")
    func corrupt() async throws {
        let log = CapturedLog()
        let port = try await self.fill(try Samples.snapshot(5))
        var bytes = try self.directory.read()
        bytes[bytes.count / 2] ^= 1
        try self.directory.write(bytes)
        try await withClient(Samples.configuration(port, cache: self.directory.cache), log: log) { client in
            try await eventually { client.status.cacheProblem?.contains("damaged") == true }
            #expect(client.status.revision == nil)
        }
        #expect(self.directory.names.count == 1)
        #expect(self.directory.names[0].hasPrefix("flags.corrupt-"))
        #expect(log.lines.contains { $0.level == .error && $0.message.contains("damaged") })
    }

    @Test("a cache that cannot be written is reported, and flags are read on")
    func unwritable() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            let configuration = Samples.configuration(stub.port, cache: self.directory.path + "/none/flags")
            try await withClient(configuration) { client in
                try await client.ready()
                try await eventually { client.status.cacheProblem?.contains("/none/") == true }
                #expect(client.string("greeting", default: "") == "hello")
            }
        }
    }

    @Test(
        "a file that is older than a flag's onStale allows starts with the safe variant, also when the clock was set back"
    )
    func staleFile() async throws {
        let time = ShiftedTime()
        let port = try await self.fill(try Samples.snapshot(5, extra: ["impatient": Samples.impatient]))
        time.advance(by: .seconds(120))
        time.setWall(by: .seconds(-3600))
        try await withClient(
            Samples.configuration(port, cache: self.directory.cache), time: time.source
        ) { client in
            let readiness = try await client.ready()
            #expect(readiness == .cache)
            #expect(client.boolDetails("impatient", default: true).reason == .stale)
            #expect(client.bool("on", default: false))
        }
    }

    @Test("the stamp follows what was heard, so that a restart does not take a quiet time for an absence")
    func refresh() async throws {
        let time = ShiftedTime()
        let snapshot = try Samples.snapshot(5, extra: ["impatient": Samples.impatient])
        try await StubControlPlane.with(snapshot) { stub in
            var configuration = Samples.configuration(stub.port, cache: self.directory.cache)
            configuration.timings.cacheRefreshInterval = .milliseconds(20)
            try await withClient(configuration, time: time.source) { client in
                try await client.ready()
                let first = try CacheFile(bytes: try await self.directory.readWhenThere())
                try await eventually {
                    let now = try CacheFile(bytes: try self.directory.read())
                    return now.head.heardAt > first.head.heardAt
                }
            }
        }
    }
}
