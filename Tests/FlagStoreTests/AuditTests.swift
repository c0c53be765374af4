import ControlPlane
import FlagModel
import GRDB
import Testing

@testable import FlagStore

@Suite("The audit on SQLite")
struct AuditTests {
    /// A store with one of everything, whose triggers are gone, so that a person with the file can be played.
    private func fixture() async throws -> Fixture {
        let fixture = try await Fixture()
        try await fixture.commit(Fixture.percent(10_000))
        try await fixture.commit(.put("OTHER", Fixture.toggle("on")))
        _ = try await fixture.plane.kill(Fixture.tickets, in: Fixture.environment, reason: "k", by: Fixture.author)
        _ = try await fixture.plane.rollback(
            in: Fixture.environment, to: 2, revokeTickets: true, reason: "r", by: Fixture.author)
        let hash = try #require(TokenHash([UInt8](repeating: 7, count: 32)))
        _ = try await fixture.plane.createToken(
            TokenGrant(name: "ci", role: .viewer), hash: hash, by: Fixture.author)
        try await fixture.store.pool.writeWithoutTransaction { db in
            try db.execute(
                sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF")
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
        }
        #expect(try await fixture.plane.verifyAudit().fault == nil)
        return fixture
    }

    private static let tables = ["revisions", "flag_versions", "audit_entries"]

    /// Does something to the file, looks whether it is found, and undoes it.
    private func isFound(_ fixture: Fixture, _ sql: String) async throws -> Bool {
        let saved = try await fixture.store.pool.write { try Self.edit($0, sql) }
        let isFound = try await self.isFaulty(fixture.plane)
        try await fixture.store.pool.write { try Self.restore($0, saved) }
        return isFound
    }

    private func isFaulty(_ plane: ControlPlane) async throws -> Bool {
        do {
            return try await plane.verifyAudit().fault != nil
        } catch {
            guard case .storage(let failure) = error, failure.code == .corrupt else { throw error }
            return true
        }
    }

    private static func edit(_ db: Database, _ sql: String) throws -> [[[DatabaseValue]]] {
        let saved = try Self.tables.map { table in
            try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { Array($0.databaseValues) }
        }
        try db.execute(sql: sql)
        #expect(db.changesCount > 0)
        return saved
    }

    private static func restore(_ db: Database, _ saved: [[[DatabaseValue]]]) throws {
        for (table, rows) in zip(Self.tables, saved) {
            try db.execute(sql: "DELETE FROM \(table)")
            for row in rows {
                let places = row.map { _ in "?" }.joined(separator: ", ")
                try db.execute(sql: "INSERT INTO \(table) VALUES (\(places))", arguments: StatementArguments(row))
            }
        }
    }

    @Test("A change of any column of any entry is found")
    func entries() async throws {
        let fixture = try await self.fixture()
        let changes = [
            "sequence = sequence + 100", "at = at + 1", "actor = actor || 'x'", "action = action || 'x'",
            "environment = CASE WHEN environment IS NULL THEN 'a' ELSE environment || 'x' END",
            "revision = ifnull(revision, 0) + 1", "reason = reason || ' '", "detail = json_set(detail, '$.x', 1)",
            "previous = printf('%064d', 7)", "digest = printf('%064d', 7)",
        ]
        for sequence in 1...6 {
            for change in changes {
                let sql = "UPDATE audit_entries SET \(change) WHERE sequence = \(sequence)"
                #expect(try await self.isFound(fixture, sql), "\(sql)")
            }
        }
    }

    @Test("An entry that was left out is found, also the last one that tells of a revision", arguments: 1...5)
    func missing(sequence: Int) async throws {
        let fixture = try await self.fixture()
        #expect(try await self.isFound(fixture, "DELETE FROM audit_entries WHERE sequence = \(sequence)"))
        #expect(try await self.isFound(fixture, "DELETE FROM audit_entries WHERE sequence >= \(sequence)"))
    }

    @Test("A change of any column of any revision is found")
    func revisions() async throws {
        let fixture = try await self.fixture()
        let changes = [
            "number = number + 100", "at = at + 1", "author = author || 'x'", "reason = reason || ' '",
            "origin = CASE origin WHEN 'kill' THEN 'commit' ELSE 'kill' END",
            "restored = CASE WHEN restored IS NULL THEN 1 END", "digest = printf('%064d', 7)",
            "tickets_not_before = ifnull(tickets_not_before, 0) + 1",
            "tickets_not_before_revision = CASE WHEN tickets_not_before_revision IS NULL THEN 1 END",
        ]
        for number in 1...5 {
            for change in changes {
                let sql = "UPDATE revisions SET \(change) WHERE number = \(number)"
                #expect(try await self.isFound(fixture, sql), "\(sql)")
            }
        }
    }

    @Test("A change of any column of any flag's version is found")
    func versions() async throws {
        let fixture = try await self.fixture()
        let rows = try await fixture.store.pool.read {
            try Int64.fetchAll($0, sql: "SELECT rowid FROM flag_versions ORDER BY rowid")
        }
        #expect(rows.count == 7)
        let changes = [
            "key = key || 'x'", "revision = revision + 10",
            "definition = CASE WHEN definition IS NULL THEN '{}' END",
            "definition = json_set(ifnull(definition, '{}'), '$.description', 'other')",
        ]
        for row in rows {
            for change in changes {
                let sql = "UPDATE flag_versions SET \(change) WHERE rowid = \(row)"
                #expect(try await self.isFound(fixture, sql), "\(sql)")
            }
            #expect(try await self.isFound(fixture, "DELETE FROM flag_versions WHERE rowid = \(row)"))
        }
    }

    @Test("An invariant that was lifted behind the audit's back is found, also before a restart")
    func settings() async throws {
        let fixture = try await self.fixture()
        try await fixture.store.pool.write {
            try $0.execute(sql: "UPDATE environments SET settings = json_remove(settings, '$.invariants')")
        }
        let fault = "the settings of development are not those that the audit tells of"
        #expect(try await fixture.plane.verifyAudit().fault == fault)
        let next = try await fixture.reopened()
        #expect(try await next.plane.verifyAudit().fault == fault)
    }
}
