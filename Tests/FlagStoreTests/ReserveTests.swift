import ControlPlane
import FlagModel
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import FlagStore

@Suite("The reserve for a full disk")
struct ReserveTests {
    /// Space that is not on a disk: giving it up runs `onRelease`.
    private final class PretendedReserve: DiskReserve {
        private let held = Mutex(true)
        private let canRestore = Atomic(true)
        private let onRelease: @Sendable () -> Void

        init(onRelease: @escaping @Sendable () -> Void) { self.onRelease = onRelease }

        var isInPlace: Bool { self.held.withLock { $0 } }

        func release() -> Bool {
            guard
                self.held.withLock({ held in
                    defer { held = false }; return held
                })
            else { return false }
            self.canRestore.store(false, ordering: .relaxed)
            self.onRelease()
            return true
        }

        func restore() -> Bool {
            self.held.withLock { held in
                held = held || self.canRestore.load(ordering: .relaxed)
                return held
            }
        }

        func findSpace() { self.canRestore.store(true, ordering: .relaxed) }
    }

    /// A store whose file cannot grow, in which giving up the reserve lets it grow again.
    private struct FullDisk {
        let fixture: (plane: ControlPlane, store: FlagStore, directory: TemporaryDirectory)
        let reserve: PretendedReserve
        private let box: OpenedStore

        init() async throws {
            let directory = try TemporaryDirectory()
            let box = OpenedStore()
            let reserve = PretendedReserve { box.limitPages(to: 1_000_000) }
            let store = try FlagStore(Fixture.configuration(directory.file("flags.sqlite")), reserve: { _ in reserve })
            box.store.withLock { $0 = store }
            let plane = try await ControlPlane(storage: store, now: Fixture.now)
            self.fixture = (plane, store, directory)
            self.reserve = reserve
            self.box = box
        }

        func allowGrowth() { self.box.limitPages(to: 1_000_000) }
    }

    private final class OpenedStore: Sendable {
        let store = Mutex<FlagStore?>(nil)

        func limitPages(to count: Int) {
            let store = self.store.withLock { $0 }
            try? store?.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(count)") }
        }
    }

    @Test("It is placed beside the database with its blocks allocated, given up once, and placed again")
    func file() throws {
        let directory = try TemporaryDirectory()
        let releases = Atomic(0)
        let reserve = ReserveFile(path: directory.file("reserve"), size: 65_536) {
            releases.add(1, ordering: .relaxed)
        }
        #expect(!reserve.isInPlace)
        #expect(!reserve.release())
        #expect(reserve.restore())
        #expect(reserve.isInPlace)
        var status = stat()
        #expect(stat(directory.file("reserve"), &status) == 0)
        #expect(status.st_size == 65_536)
        #expect(status.st_blocks * 512 >= 65_536)
        #expect(ReserveFile(path: directory.file("reserve"), size: 65_536).isInPlace)
        #expect(!ReserveFile(path: directory.file("reserve"), size: 131_072).isInPlace)
        #expect(reserve.release())
        #expect(!reserve.release())
        #expect(releases.load(ordering: .relaxed) == 1)
        #expect(stat(directory.file("reserve"), &status) != 0)
        #expect(reserve.restore())
    }

    @Test("A reserve of no bytes is never wanted")
    func none() throws {
        let directory = try TemporaryDirectory()
        let reserve = ReserveFile(path: directory.file("reserve"), size: 0)
        #expect(reserve.restore())
        #expect(!reserve.isInPlace)
        #expect(!reserve.release())
        #expect(!FileManager.default.fileExists(atPath: directory.file("reserve")))
    }

    @Test("A store has its reserve in place once it is open")
    func inPlace() async throws {
        let fixture = try await Fixture()
        #expect(fixture.store.hasReserve)
    }

    @Test("On a full disk a commit is refused, a rollback succeeds, and commits work again when there is space")
    func fullDisk() async throws {
        let disk = try await FullDisk()
        let plane = disk.fixture.plane
        var flags: [FlagKey: FlagDefinition] = [:]
        for number in 0..<30 {
            var definition = Fixture.toggle("off")
            definition.description = String(repeating: "long ", count: 400)
            flags[FlagKey(unchecked: "F\(number)")] = definition
        }
        var document = EnvironmentDocument(name: Fixture.environment, settings: EnvironmentSettings(), flags: flags)
        _ = try await plane.apply(document, reason: "one", by: Fixture.author)
        for key in flags.keys { document.flags[key]?.defaultVariant = "on" }
        _ = try await plane.apply(document, reason: "two", by: Fixture.author)
        try await disk.fixture.store.pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA max_page_count = 1")
        }

        for key in flags.keys { document.flags[key]?.owner = "someone" }
        let larger = document
        for _ in 1...2 {
            let error = try await #require(throws: ControlPlaneError.self) {
                try await plane.apply(larger, reason: "three", by: Fixture.author)
            }
            guard case .storage(let failure) = error else { throw error }
            #expect(failure.code == .full)
            #expect(failure.description.contains("Free some space"))
        }
        #expect(disk.reserve.isInPlace)
        #expect(try plane.head(of: Fixture.environment).revision == 2)

        let outcome = try await plane.rollback(in: Fixture.environment, reason: "now", by: Fixture.author)
        #expect(outcome.revision == 3)
        #expect(!disk.reserve.isInPlace)
        #expect(!disk.fixture.store.hasReserve)

        // The space that is left is for emergencies until the reserve is back.
        let refused = try await #require(throws: ControlPlaneError.self) {
            try await plane.apply(larger, reason: "three", by: Fixture.author)
        }
        guard case .storage(let failure) = refused else { throw refused }
        #expect(failure.code == .full)
        // When that is used up as well, the message does not promise what cannot be done.
        try await disk.fixture.store.pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA max_page_count = 1")
        }
        let hopeless = try await #require(throws: ControlPlaneError.self) {
            try await plane.rollback(in: Fixture.environment, to: 2, reason: "again", by: Fixture.author)
        }
        guard case .storage(let last) = hopeless else { throw hopeless }
        #expect(last.code == .full && last.place == disk.fixture.store.pool.path)
        #expect(last.message.contains("no reserve is left") && last.cure.contains("Free some space"))
        disk.allowGrowth()
        #expect(
            try await plane.kill("F1", in: Fixture.environment, reason: "still", by: Fixture.author).revision == 4)

        disk.reserve.findSpace()
        #expect(try await plane.apply(larger, reason: "three", by: Fixture.author).revision == 5)
        #expect(disk.reserve.isInPlace)
        #expect(try await plane.verifyAudit().fault == nil)
    }

    @Test(
        "The same on a disk that is really full",
        .enabled(
            if: ProcessInfo.processInfo.environment["SIGNALBOX_TEST_SMALL_DISK"] != nil,
            "set SIGNALBOX_TEST_SMALL_DISK to an empty directory on a file system of its own, of about 4 MiB"))
    func realDisk() async throws {
        let path = try #require(ProcessInfo.processInfo.environment["SIGNALBOX_TEST_SMALL_DISK"])
        let database = path + "/flags.sqlite"
        let ballast = path + "/ballast"
        defer {
            for suffix in ["", "-wal", "-shm", "-lock", "-reserve"] { unlink(database + suffix) }
            unlink(ballast)
        }
        var configuration = Fixture.configuration(database)
        configuration.reserveSize = 1 << 20
        let store = try FlagStore(configuration)
        let plane = try await ControlPlane(storage: store, now: Fixture.now)
        _ = try await plane.apply(try Fixture.document(), reason: "start", by: Fixture.author)
        _ = try await plane.commit(
            Changeset(baseRevision: 1, reason: "bad", changes: [Fixture.percent(9)]), in: Fixture.environment,
            by: Fixture.author)
        let file = try #require(fopen(ballast, "w"))
        while fputc(0, file) != EOF, fflush(file) == 0 {}
        fclose(file)

        let error = try await #require(throws: ControlPlaneError.self) {
            for step in Int64(2)... {
                _ = try await plane.commit(
                    Changeset(baseRevision: step, reason: "more", changes: [Fixture.percent(UInt32(step) * 10)]),
                    in: Fixture.environment, by: Fixture.author)
            }
        }
        guard case .storage(let failure) = error else { throw error }
        #expect(failure.code == .full)
        let outcome = try await plane.rollback(in: Fixture.environment, to: 1, reason: "now", by: Fixture.author)
        #expect(outcome.isChanged)
        #expect(try await plane.verifyAudit().fault == nil)
        try store.close()
        let reopened = try await ControlPlane(storage: try FlagStore(configuration), now: Fixture.now)
        #expect(try reopened.head(of: Fixture.environment).snapshot.digest == outcome.digest)
    }
}
