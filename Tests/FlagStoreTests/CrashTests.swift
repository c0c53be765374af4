import ControlPlane
import FlagModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import FlagStore

@Suite("After a crash")
struct CrashTests {
    /// Keeps what is on disk at this moment, as a crash would leave it.
    private static func keepFiles(in directory: TemporaryDirectory, as name: String) throws {
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: directory.file("flags.sqlite" + suffix), toPath: directory.file(name + suffix))
        }
    }

    @Test("Every acknowledged commit is on disk the moment it is acknowledged")
    func acknowledged() async throws {
        let fixture = try await Fixture()
        for round in 1...12 {
            let outcome = try await fixture.commit(Fixture.percent(UInt32(round)))
            try Self.keepFiles(in: fixture.directory, as: "crash-\(round).sqlite")
            let survivor = try await Fixture(in: fixture.directory, named: "crash-\(round).sqlite")
            let head = try survivor.plane.head(of: Fixture.environment)
            #expect(head.revision == outcome.revision)
            #expect(head.snapshot.digest == outcome.digest)
            #expect(try await survivor.plane.verifyAudit().fault == nil)
            try survivor.store.close()
        }
    }

    @Test("A transaction that was cut off leaves nothing, though half of it is in the file")
    func cutOff() async throws {
        let fixture = try await Fixture()
        let outcome = try await fixture.commit(Fixture.percent(5))
        let size = try Self.size(fixture.directory.file("flags.sqlite-wal"))
        let directory = fixture.directory
        try await fixture.store.pool.writeWithoutTransaction { db in
            // Pages go to the file before the commit, as they do when a transaction outgrows the cache.
            try db.execute(sql: "PRAGMA cache_size = 2; PRAGMA cache_spill = 2")
            try db.inTransaction(.immediate) {
                try Self.writeHalf(db)
                try Self.keepFiles(in: directory, as: "crash.sqlite")
                return .rollback
            }
        }
        #expect(try Self.size(fixture.directory.file("crash.sqlite-wal")) > size + 40_000)
        let survivor = try await Fixture(in: fixture.directory, named: "crash.sqlite")
        let head = try survivor.plane.head(of: Fixture.environment)
        #expect(head.revision == outcome.revision)
        #expect(head.snapshot.digest == outcome.digest)
        #expect(try await survivor.plane.verifyAudit().fault == nil)
        #expect(try await survivor.commit(Fixture.percent(6)).revision == 3)
    }

    private static func writeHalf(_ db: Database) throws {
        for number in 3...40 {
            try db.execute(
                sql: """
                    INSERT INTO revisions
                    VALUES (1, ?, 0, 'a', 'half', 'commit', NULL, printf('%064d', 0), NULL, NULL, NULL)
                    """,
                arguments: [number])
            try db.execute(
                sql: "INSERT INTO flag_versions VALUES (1, 'HALF', ?, json_quote(printf('%04000d', 0)))",
                arguments: [number])
        }
    }

    private static func size(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.size] as? NSNumber)?.intValue ?? 0
    }
}
