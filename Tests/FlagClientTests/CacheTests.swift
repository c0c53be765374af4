import FlagModel
import TestSupport
import Testing

@testable import FlagClient

@Suite("The cache file")
struct CacheTests {
    private let directory: TemporaryDirectory
    private let time = ShiftedTime()

    init() throws { self.directory = try TemporaryDirectory() }

    private func cache(
        server: String = "http://flags", environment: EnvironmentName = "staging", path: String? = nil
    ) -> SnapshotCache {
        SnapshotCache(
            path: path ?? self.directory.cache, server: ServerAddress(unchecked: server), environment: environment,
            limit: 1 << 20, time: self.time.source)
    }

    private func revision(_ outcome: CacheOutcome) -> Int64? {
        if case .found(let snapshot, _) = outcome { snapshot.revision } else { nil }
    }

    @Test("what is written is read again, and nothing else is left in the folder")
    func roundTrip() async throws {
        let snapshot = try Samples.snapshot(7)
        try await self.cache().store(snapshot, silence: .zero)
        guard case .found(let found, let age) = await self.cache().load() else {
            Issue.record("nothing was found")
            return
        }
        #expect(found.digest == snapshot.digest)
        #expect(found.revision == 7)
        #expect(age < .seconds(30))
        #expect(self.directory.names == ["flags"])
    }

    @Test("the file is its owner's alone")
    func mode() async throws {
        try await self.cache().store(try Samples.snapshot(7), silence: .zero)
        #expect(try self.directory.mode(of: "flags") == 0o600)
    }

    @Test("no file is no fault")
    func missing() async {
        guard case .missing = await self.cache().load() else {
            Issue.record("something was found")
            return
        }
    }

    @Test("any bit that differs is noticed, and the file is set aside")
    func corrupt() async throws {
        try await self.cache().store(try Samples.snapshot(7), silence: .zero)
        let bytes = try self.directory.read()
        for position in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[position] ^= 1 << UInt8(position % 8)
            #expect(throws: CacheFile.Fault.self) { try CacheFile(bytes: changed) }
        }
        try self.directory.write(Array(bytes.dropLast(40)))
        guard case .corrupt(_, let name?) = await self.cache().load() else {
            Issue.record("it was taken")
            return
        }
        #expect(self.directory.names.count == 1)
        #expect(name.hasPrefix(self.directory.cache + ".corrupt-"))
    }

    @Test("no prefix of a file, and no rubbish, is taken for one", arguments: ["", "\n", "signalbox-cache-1 \n", "{}"])
    func rubbish(text: String) async throws {
        try self.directory.write(Array(text.utf8))
        guard case .corrupt = await self.cache().load() else {
            Issue.record("it was taken")
            return
        }
    }

    @Test("another environment's file is refused, left alone, and not written over")
    func foreignEnvironment() async throws {
        try await self.cache(environment: "production").store(
            try Samples.snapshot(7, environment: "production"), silence: .zero)
        guard case .foreign = await self.cache().load() else {
            Issue.record("it was taken")
            return
        }
        await #expect(throws: SnapshotCache.Refusal.self) {
            try await self.cache().store(try Samples.snapshot(9), silence: .zero)
        }
        #expect(self.revision(await self.cache(environment: "production").load()) == 7)
    }

    @Test("another control plane's file is refused, and written over once there is something better")
    func foreignServer() async throws {
        try await self.cache(server: "http://other").store(try Samples.snapshot(700), silence: .zero)
        guard case .foreign = await self.cache().load() else {
            Issue.record("it was taken")
            return
        }
        try await self.cache().store(try Samples.snapshot(2), silence: .zero)
        #expect(self.revision(await self.cache().load()) == 2)
    }

    @Test("a process that is behind does not take the file back")
    func neverBack() async throws {
        try await self.cache().store(try Samples.snapshot(8), silence: .zero)
        try await self.cache().store(try Samples.snapshot(7), silence: .zero)
        #expect(self.revision(await self.cache().load()) == 8)
    }

    @Test("many writers of one path leave one whole file")
    func together() async throws {
        let caches = (0..<4).map { _ in self.cache() }
        let snapshots = try (1...10).map { try Samples.snapshot($0, greeting: "revision \($0)") }
        await withTaskGroup(of: Void.self) { group in
            for cache in caches {
                for snapshot in snapshots {
                    group.addTask { try? await cache.store(snapshot, silence: .zero) }
                }
                group.addTask {
                    if case .corrupt(let reason, _) = await cache.load() { Issue.record("\(reason)") }
                }
            }
        }
        #expect(self.revision(await self.cache().load()) != nil)
        #expect(self.directory.names == ["flags"])
    }

    @Test("a folder that is not there is an error that names it")
    func noFolder() async throws {
        let cache = self.cache(path: self.directory.path + "/none/flags")
        let error = await #expect(throws: SnapshotCache.Refusal.self) {
            try await cache.store(try Samples.snapshot(1), silence: .zero)
        }
        #expect(error?.description.contains("/none/") == true)
    }

    @Test("the age is counted by the wall clock, and by the machine's start where that says more")
    func age() {
        let written = CacheStamp(
            heardAt: Timestamp(millisecondsSinceEpoch: 1_000_000), boot: BootMoment(boot: "a", milliseconds: 5000))
        func age(_ wall: Int64, _ boot: String, _ milliseconds: Int64) -> Duration {
            written.age(
                wall: Timestamp(millisecondsSinceEpoch: wall),
                boot: BootMoment(boot: boot, milliseconds: milliseconds))
        }
        #expect(age(1_060_000, "a", 65_000) == .seconds(60))
        #expect(age(900_000, "a", 65_000) == .seconds(60), "the wall clock was set back")
        #expect(age(1_060_000, "b", 1000) == .seconds(60), "the machine was started anew")
        #expect(age(900_000, "b", 1000) == .zero)
        #expect(written.age(wall: Timestamp(millisecondsSinceEpoch: 1_001_000), boot: nil) == .seconds(1))
    }

    @Test("the silence before the writing counts")
    func silence() async throws {
        try await self.cache().store(try Samples.snapshot(7), silence: .seconds(100))
        self.time.setWall(by: .seconds(-1000))
        self.time.advance(by: .seconds(50))
        guard case .found(_, let age) = await self.cache().load() else {
            Issue.record("nothing was found")
            return
        }
        #expect(age >= .seconds(149))
        #expect(age < .seconds(190))
    }
}
