internal import ControlPlane
internal import Foundation
internal import GRDB

/// Brings a database to the layout that the migrations describe, or says why that cannot be done.
///
/// Each migration runs once, in a transaction of its own that also notes its number, name and checksum.
struct Migrator {
    /// The migrations there are, in order.
    var migrations: [Migration]
    /// The database, for messages.
    var path: String
    /// Where the migrations stand, for messages.
    var directory: String

    /// One line of the table `migrations`.
    private struct Applied {
        var number: Int64
        var name: String
        var checksum: String
    }

    /// Applies the migrations that were not applied yet.
    ///
    /// - Throws: ``ControlPlane/StorageFailure``, mostly with the code `migration`.
    func migrate(_ pool: DatabasePool) throws(StorageFailure) {
        do {
            try pool.writeWithoutTransaction { db in
                let applied = try self.applied(in: db)
                try self.check(applied)
                for migration in self.migrations.dropFirst(applied.count) { try self.apply(migration, in: db) }
            }
        } catch {
            throw StorageFailure(error, at: self.path)
        }
    }

    private func applied(in db: Database) throws -> [Applied] {
        guard try db.tableExists("migrations") else {
            let tables = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
            guard tables == 0 else {
                throw StorageFailure(
                    .migration, "the database belongs to another program", at: self.path,
                    cure: "Choose another path with SIGNALBOX_DATABASE")
            }
            return []
        }
        return try Row.fetchAll(db, sql: "SELECT number, name, checksum FROM migrations ORDER BY number").map { row in
            Applied(number: row["number"], name: row["name"], checksum: row["checksum"])
        }
    }

    private func check(_ applied: [Applied]) throws(StorageFailure) {
        if let newer = applied.first(where: { $0.number > self.migrations.count }) {
            throw StorageFailure(
                .migration,
                "the database is newer than this program: it has the migration \(newer.name), which "
                    + "\(self.directory) lacks", at: self.path,
                cure: "Start the version that last used the database, or a later one, with its migrations")
        }
        for (note, migration) in zip(applied, self.migrations) {
            guard note.number == migration.number else {
                throw StorageFailure(
                    .migration, "the database's list of migrations has a gap before \(note.name)", at: self.path,
                    cure: "Stop the server, keep the file for inspection, and put a backup in its place")
            }
            guard note.checksum == migration.checksum else {
                throw StorageFailure(
                    .migration, "\(migration.name) was changed after it was applied to this database", at: self.path,
                    cure: "Restore the file in \(self.directory), as by git checkout; a change of the layout goes into "
                        + "a new file, \(MigrationDirectory.padded(Int64(self.migrations.count) + 1))_….sql")
            }
        }
    }

    private func apply(_ migration: Migration, in db: Database) throws {
        do {
            try db.inTransaction(.immediate) {
                if migration.number == 1 {
                    try db.execute(
                        sql: """
                            CREATE TABLE migrations (
                                number     INTEGER PRIMARY KEY,
                                name       TEXT    NOT NULL,
                                checksum   TEXT    NOT NULL CHECK (length(checksum) = 64),
                                applied_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
                            ) STRICT
                            """)
                }
                try db.execute(sql: migration.sql)
                guard db.isInsideTransaction else {
                    throw self.failure(migration, "ends the transaction that it runs in", "Take COMMIT out of it")
                }
                try db.checkForeignKeys()
                try db.execute(
                    sql: "INSERT INTO migrations (number, name, checksum) VALUES (?, ?, ?)",
                    arguments: [migration.number, migration.name, migration.checksum])
                return .commit
            }
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_ERROR
            || error.resultCode.primaryResultCode == .SQLITE_CONSTRAINT
        {
            throw self.failure(
                migration, "failed: \(error.message ?? "\(error.resultCode)")",
                "Nothing of it was applied; mend the file and start again")
        }
    }

    private func failure(_ migration: Migration, _ message: String, _ cure: String) -> StorageFailure {
        StorageFailure(.migration, "\(migration.name) \(message)", at: self.directory, cure: cure)
    }
}
