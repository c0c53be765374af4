import ControlPlane
import FlagModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import FlagStore

@Suite("Opening the store")
struct OpeningTests {
    @Test("The writer waits for the disk: synchronous is FULL, after everything that GRDB sets")
    func synchronous() async throws {
        let fixture = try await Fixture()
        let level = try await fixture.store.pool.writeWithoutTransaction {
            try Int.fetchOne($0, sql: "PRAGMA synchronous")
        }
        #expect(level == 2)
    }

    @Test("The journal is a WAL, foreign keys are enforced, and a lock is waited for")
    func pragmas() async throws {
        let fixture = try await Fixture()
        func pragma(_ name: String) async throws -> String? {
            try await fixture.store.pool.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
        }
        #expect(try await pragma("journal_mode") == "wal")
        #expect(try await pragma("foreign_keys") == "1")
        #expect(try await pragma("busy_timeout") == "5000")
        #expect(try await pragma("wal_autocheckpoint") == "1000")
    }

    @Test("Readers cannot write and never checkpoint")
    func readers() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.store.pool.read { try Int.fetchOne($0, sql: "PRAGMA wal_autocheckpoint") } == 0)
        await #expect(throws: DatabaseError.self) {
            try await fixture.store.pool.read { try $0.execute(sql: "DELETE FROM environments") }
        }
    }

    @Test("Directory and files are made for their owner only")
    func modes() async throws {
        let directory = try TemporaryDirectory()
        let fixture = try await Fixture(in: directory, named: "var/lib/flags.sqlite")
        _ = try await fixture.plane.apply(try Fixture.document(), reason: "start", by: Fixture.author)
        #expect(try directory.mode(of: "var/lib") == 0o700)
        for name in ["", "-wal", "-shm", "-lock", "-reserve"] {
            #expect(try directory.mode(of: "var/lib/flags.sqlite\(name)") == 0o600)
        }
    }

    @Test("A second store is refused on a symbolic link to the file or to its directory as well")
    func symbolicLink() async throws {
        let fixture = try await Fixture()
        let path = fixture.directory.file("flags.sqlite")
        let links = try TemporaryDirectory()
        try FileManager.default.createSymbolicLink(atPath: links.file("file"), withDestinationPath: path)
        try FileManager.default.createSymbolicLink(
            atPath: links.file("directory"), withDestinationPath: fixture.directory.path)
        for link in ["file", "directory/flags.sqlite"] {
            let failure = try #require(throws: StorageFailure.self) {
                try FlagStore(Fixture.configuration(links.file(link)))
            }
            #expect(failure.code == .locked)
            #expect(failure.place == links.file(link))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: links.path).count == 2)
    }

    @Test("A second store on the same file is refused, naming the file and the process")
    func second() async throws {
        let fixture = try await Fixture()
        let path = fixture.directory.file("flags.sqlite")
        let failure = try #require(throws: StorageFailure.self) { try FlagStore(Fixture.configuration(path)) }
        #expect(failure.code == .locked)
        #expect(failure.place == path)
        #expect(failure.message.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
    }

    @Test("A closed store leaves the file to the next, and answers nothing any more")
    func closed() async throws {
        let fixture = try await Fixture()
        let next = try await fixture.reopened()
        #expect(try next.plane.head(of: Fixture.environment).revision == 1)
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.commit(Fixture.percent(1))
        }
        guard case .storage(let failure) = error else { throw error }
        #expect(failure.code == .unavailable)
        await #expect(throws: ControlPlaneError.self) { try await fixture.plane.history(of: Fixture.environment) }
    }

    @Test("A file that is no database is refused, and left as it was")
    func noDatabase() throws {
        let directory = try TemporaryDirectory()
        let text = String(repeating: "This is not a database. ", count: 400)
        try directory.write(text, to: "flags.sqlite")
        let failure = try #require(throws: StorageFailure.self) {
            try FlagStore(Fixture.configuration(directory.file("flags.sqlite")))
        }
        #expect(failure.code == .corrupt)
        #expect(failure.cure.contains("backup"))
        #expect(try String(contentsOfFile: directory.file("flags.sqlite"), encoding: .utf8) == text)
    }

    @Test(
        "A path that cannot be written to is refused with the cure", arguments: ["a-file/flags.sqlite", "a-directory"])
    func unwritable(name: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "a-file")
        try FileManager.default.createDirectory(
            atPath: directory.file("a-directory"), withIntermediateDirectories: false)
        let failure = try #require(throws: StorageFailure.self) {
            try FlagStore(Fixture.configuration(directory.file(name)))
        }
        #expect(failure.code == .unavailable)
        #expect(failure.cure.contains("SIGNALBOX_DATABASE"))
        #expect(failure.place.hasPrefix(directory.path))
    }

    @Test("A read-only directory is refused", .enabled(if: getuid() != 0, "root may write everywhere"))
    func readOnly() throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: directory.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory.path) }
        let failure = try #require(throws: StorageFailure.self) {
            try FlagStore(Fixture.configuration(directory.file("flags.sqlite")))
        }
        #expect(failure.code == .unavailable)
    }

    @Test("Flags that do not have their revision's digest are refused: the server does not start on them")
    func digest() async throws {
        let fixture = try await Fixture()
        try await fixture.store.pool.write { db in
            try db.execute(
                sql: """
                    DROP TRIGGER flag_versions_stay;
                    UPDATE flag_versions SET definition = replace(definition, '"off":false', '"off":true')
                    """)
        }
        let error = try await #require(throws: ControlPlaneError.self) { try await fixture.reopened() }
        guard case .storage(let failure) = error else { throw error }
        #expect(failure.code == .corrupt)
        #expect(failure.message.contains("revision 1 of development"))
    }

    @Test("The version of SQLite is known")
    func version() {
        #expect(FlagStore.sqliteVersion.split(separator: ".").count == 3)
        #expect(FlagStore.sqliteVersion.hasPrefix("3."))
    }

    @Test(
        "History and audit cannot be rewritten through SQL", arguments: ["revisions", "flag_versions", "audit_entries"])
    func triggers(table: String) async throws {
        let fixture = try await Fixture()
        let column = table == "audit_entries" ? "reason" : table == "revisions" ? "reason" : "key"
        let statements = [
            "UPDATE \(table) SET \(column) = 'x'", "DELETE FROM \(table)",
            "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)",
        ]
        for sql in statements {
            let error = await #expect(throws: DatabaseError.self) {
                try await fixture.store.pool.write { try $0.execute(sql: sql) }
            }
            #expect(error?.message?.contains("never rewritten") == true)
        }
    }

    @Test("An access token can neither be deleted nor replaced through SQL")
    func tokenTriggers() async throws {
        let fixture = try await Fixture()
        let hash = try #require(TokenHash([UInt8](repeating: 7, count: 32)))
        let grant = TokenGrant(name: "ci", role: .viewer)
        _ = try await fixture.plane.createToken(grant, hash: hash, by: Fixture.author)
        for sql in [
            "DELETE FROM access_tokens", "INSERT OR REPLACE INTO access_tokens SELECT * FROM access_tokens",
        ] {
            let error = await #expect(throws: DatabaseError.self) {
                try await fixture.store.pool.write { try $0.execute(sql: sql) }
            }
            #expect(error?.message?.contains("a token is revoked, never") == true)
        }
    }

    @Test(
        "What cannot be is refused by the tables themselves",
        arguments: [
            "INSERT INTO revisions VALUES (1, 0, 0, 'a', 'r', 'commit', NULL, printf('%064d', 0), NULL, NULL, NULL)",
            "INSERT INTO revisions VALUES (1, 2, 'noon', 'a', 'r', 'commit', NULL, printf('%064d', 0), NULL, NULL, NULL)",
            "INSERT INTO revisions VALUES (9, 1, 0, 'a', 'r', 'commit', NULL, printf('%064d', 0), NULL, NULL, NULL)",
            "INSERT INTO revisions VALUES (1, 2, 0, 'a', '', 'commit', NULL, printf('%064d', 0), NULL, NULL, NULL)",
            "INSERT INTO revisions VALUES (1, 2, 0, 'a', 'r', 'rollback', 2, printf('%064d', 0), NULL, NULL, NULL)",
            "INSERT INTO revisions VALUES (1, 1, 0, 'a', 'r', 'commit', NULL, printf('%064d', 0), NULL, NULL, NULL)",
            "INSERT INTO flag_versions VALUES (1, 'k', 1, '{')",
            "INSERT INTO flag_versions VALUES (1, 'k', 7, NULL)",
            "INSERT INTO environments VALUES (NULL, 'x', 'no json', 1, 0, 'a')",
            "INSERT INTO environments VALUES (NULL, 'development', '{}', 1, 0, 'a')",
            "INSERT INTO access_tokens VALUES (NULL, 'n', x'00', 'admin', NULL, 0, 'a', NULL, NULL)",
            "INSERT INTO access_tokens VALUES (NULL, 'n', zeroblob(32), 'admin', '{}', 0, 'a', NULL, NULL)",
        ])
    func checks(sql: String) async throws {
        let fixture = try await Fixture()
        let error = await #expect(throws: DatabaseError.self) {
            try await fixture.store.pool.write { try $0.execute(sql: sql) }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }
}
