import ControlPlane
import Digest
import FlagModel
import FlagStore
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationTests {
    private let directory: TemporaryDirectory
    private let first = "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT;"
    private let second = "CREATE TABLE two (id INTEGER PRIMARY KEY) STRICT;"

    init() throws {
        self.directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: self.directory.file("migrations"), withIntermediateDirectories: false)
        try self.write(self.first, "0001_one.sql")
        try self.write(self.second, "0002_two.sql")
    }

    private func write(_ sql: String, _ name: String) throws {
        try self.directory.write(sql, to: "migrations/\(name)")
    }

    private func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: self.directory.file("migrations/\(name)"))
    }

    private func open() throws {
        let store = try FlagStore(
            FlagStoreConfiguration(
                databasePath: self.directory.file("db"), migrationsDirectory: self.directory.file("migrations")))
        try store.close()
    }

    /// The refusal to open the database.
    private func refusal(_ code: StorageFailure.Code = .migration) throws -> StorageFailure {
        let failure = try #require(throws: StorageFailure.self) { try self.open() }
        #expect(failure.code == code)
        return failure
    }

    private func query<Value: DatabaseValueConvertible>(_ sql: String) throws -> [Value] {
        try DatabaseQueue(path: self.directory.file("db")).read { try Value.fetchAll($0, sql: sql) }
    }

    @Test("They are applied once, in order, and noted with name and checksum")
    func applied() throws {
        try self.open()
        try self.open()
        #expect(try self.query("SELECT name FROM migrations ORDER BY number") == ["0001_one.sql", "0002_two.sql"])
        let checksums: [String] = try self.query("SELECT checksum FROM migrations ORDER BY number")
        #expect(checksums == [self.first, self.second].map { Hexadecimal.encode(SHA256.hash($0)) })
    }

    @Test("A new file is applied to an old database")
    func later() throws {
        try self.open()
        try self.write("ALTER TABLE one ADD COLUMN name TEXT;", "0003_name.sql")
        try self.open()
        #expect(try self.query("SELECT max(number) FROM migrations") == [3])
    }

    @Test("A file that was changed after it was applied is refused by name")
    func changed() throws {
        try self.open()
        try self.write(self.first + "\n", "0001_one.sql")
        let failure = try self.refusal()
        #expect(failure.message == "0001_one.sql was changed after it was applied to this database")
        #expect(failure.cure.contains("0003_"))
    }

    @Test("A file that is missing before a later one is refused")
    func missing() throws {
        try self.remove("0001_one.sql")
        #expect(try self.refusal().message == "migration 0001 is missing, but there is a later one")
    }

    @Test("A database newer than the files is refused, and not touched")
    func newer() throws {
        try self.open()
        try self.remove("0002_two.sql")
        let failure = try self.refusal()
        #expect(failure.message.contains("newer than this program"))
        #expect(failure.message.contains("0002_two.sql"))
        #expect(try self.query("SELECT count(*) FROM migrations") == [2])
    }

    @Test(
        "A file whose name does not have the form is refused",
        arguments: [
            "3_three.sql", "0003.sql", "0003_.sql", "0003-three.sql", "0003_Three.sql", "003a_x.sql", "notes.sql",
            "0003_x.SQL",
        ])
    func names(name: String) throws {
        try self.write("SELECT 1;", name)
        let failure = try self.refusal()
        #expect(failure.message == "\(name) is not the name of a migration")
        #expect(failure.cure.contains("0002_segments.sql"))
    }

    @Test("Files that are not SQL are left alone")
    func others() throws {
        try self.write("read me", "README.md")
        try self.open()
    }

    @Test("A number that stands twice is refused")
    func twice() throws {
        try self.write("SELECT 1;", "0002_again.sql")
        #expect(try self.refusal().message == "0002_again.sql and 0002_two.sql have the same number")
    }

    @Test("A gap in the numbers is refused")
    func gap() throws {
        try self.write("SELECT 1;", "0004_four.sql")
        #expect(try self.refusal().message == "migration 0003 is missing, but there is a later one")
    }

    @Test("An empty or absent directory is refused, with the setting that names it")
    func empty() throws {
        try self.remove("0001_one.sql")
        try self.remove("0002_two.sql")
        #expect(try self.refusal().cure.contains("SIGNALBOX_MIGRATIONS_DIR"))
        try FileManager.default.removeItem(atPath: self.directory.file("migrations"))
        #expect(try self.refusal().cure.contains("SIGNALBOX_MIGRATIONS_DIR"))
    }

    @Test(
        "A migration that fails is refused with what SQLite says, and nothing of it stays",
        arguments: [
            "CREATE TABLE three (id INTEGER) STRICT; CREATE TABLE oops (",
            "CREATE TABLE three (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
            "CREATE TABLE three (id INTEGER CHECK (id > 0)) STRICT; INSERT INTO three VALUES (0);",
            "CREATE TABLE three (id INTEGER) STRICT; INSERT INTO three VALUES ('a');",
            "CREATE TABLE three (id INTEGER REFERENCES one (id) DEFERRABLE INITIALLY DEFERRED); INSERT INTO three VALUES (9);",
        ])
    func failing(sql: String) throws {
        try self.open()
        try self.write(sql, "0003_three.sql")
        #expect(try self.refusal().message.hasPrefix("0003_three.sql failed: "))
        #expect(try self.query("SELECT count(*) FROM sqlite_schema WHERE name = 'three'") == [0])
        #expect(try self.query("SELECT count(*) FROM migrations") == [2])
    }

    @Test("A migration that ends its transaction is refused")
    func commits() throws {
        try self.open()
        try self.write("CREATE TABLE three (id INTEGER) STRICT; COMMIT;", "0003_three.sql")
        #expect(try self.refusal().message == "0003_three.sql ends the transaction that it runs in")
    }

    @Test("A database of another program is refused")
    func foreign() throws {
        try DatabaseQueue(path: self.directory.file("db")).write { try $0.execute(sql: "CREATE TABLE music (id)") }
        let failure = try self.refusal()
        #expect(failure.message == "the database belongs to another program")
        #expect(failure.cure.contains("SIGNALBOX_DATABASE"))
    }

    @Test("Every table of the project's own migrations is STRICT")
    func strict() async throws {
        let fixture = try await Fixture()
        let tables: [String] = try await DatabaseQueue(path: fixture.directory.file("flags.sqlite")).read {
            try String.fetchAll(
                $0, sql: "SELECT name FROM pragma_table_list WHERE strict = 0 AND type = 'table' AND schema = 'main'")
        }
        #expect(tables == ["sqlite_schema"])
    }
}
