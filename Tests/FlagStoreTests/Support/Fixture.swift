import ControlPlane
import FlagModel
import FlagStore
import Foundation
import TestSupport

/// A control plane over a real SQLite file.
struct Fixture {
    let directory: TemporaryDirectory
    let store: FlagStore
    let plane: ControlPlane

    static let environment: EnvironmentName = "development"
    static let tickets: FlagKey = "ENABLE_WEBSOCKET_TICKETS"
    static let fallback: FlagKey = "WEBSOCKET_TICKET_FALLBACK"
    static let author = Author(name: "ada", role: .admin)

    /// The project's own migrations.
    static let migrations = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("migrations").path

    /// A clock that never gives the same time twice.
    static let now: @Sendable () -> Timestamp = {
        Timestamp(millisecondsSinceEpoch: Int64(Date().timeIntervalSince1970 * 1000))
    }

    init(empty: Bool = false) async throws {
        try await self.init(in: TemporaryDirectory())
        if !empty { _ = try await self.plane.apply(try Self.document(), reason: "start", by: Self.author) }
    }

    /// Opens what is in a directory.
    init(in directory: TemporaryDirectory, named name: String = "flags.sqlite") async throws {
        self.directory = directory
        self.store = try FlagStore(Self.configuration(directory.file(name)))
        self.plane = try await ControlPlane(storage: self.store, now: Self.now)
    }

    /// Closes the store and opens its file again.
    func reopened() async throws -> Fixture {
        try self.store.close()
        return try await Fixture(in: self.directory)
    }

    static func configuration(_ path: String) -> FlagStoreConfiguration {
        FlagStoreConfiguration(databasePath: path, migrationsDirectory: Self.migrations, reserveSize: 4096)
    }

    /// Tickets off, the fallback on; one of them must be on for everyone.
    static func document(_ name: EnvironmentName = Self.environment) throws -> EnvironmentDocument {
        let interlock = try Invariant(
            name: "pathway-reachable",
            json: [
                "message": "keep one pathway open to everyone",
                "rule": [
                    "or": [
                        ["==": [["var": "flags.ENABLE_WEBSOCKET_TICKETS.always"], true]],
                        ["==": [["var": "flags.WEBSOCKET_TICKET_FALLBACK.always"], true]],
                    ]
                ],
            ], at: "")
        return EnvironmentDocument(
            name: name, settings: EnvironmentSettings(description: "for tests", invariants: [interlock]),
            flags: [Self.tickets: Self.toggle("off"), Self.fallback: Self.toggle("on")])
    }

    static func toggle(_ variant: String) -> FlagDefinition {
        FlagDefinition(
            type: .boolean, variants: ["on": true, "off": false], defaultVariant: variant, safeVariant: "off")
    }

    static func percent(_ thousandths: UInt32) -> FlagChange {
        .rollout(Self.tickets, percentage: Percentage(thousandths: thousandths) ?? .zero, variant: "on")
    }

    /// Commits on whatever is in force.
    @discardableResult
    func commit(_ changes: FlagChange..., in environment: EnvironmentName = Self.environment) async throws
        -> CommitOutcome
    {
        try await self.plane.commit(
            Changeset(
                baseRevision: try self.plane.head(of: environment).revision, reason: "because", changes: changes),
            in: environment, by: Self.author)
    }
}
