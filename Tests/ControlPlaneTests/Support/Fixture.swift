import ControlPlane
import FlagModel
import Synchronization

/// The clock of a test: it stands still until it is moved.
final class TestClock: Sendable {
    private let moment = Mutex(Timestamp(millisecondsSinceEpoch: 1_750_000_000_000))

    var now: Timestamp { self.moment.withLock { $0 } }

    func advance(milliseconds: Int64) {
        self.moment.withLock { $0 = $0.advanced(byMilliseconds: milliseconds) }
    }
}

/// A control plane over memory, with the environment `development` at revision 1.
struct Fixture {
    let storage: MemoryStorage
    let clock = TestClock()
    let plane: ControlPlane

    static let environment: EnvironmentName = "development"
    static let tickets: FlagKey = "ENABLE_WEBSOCKET_TICKETS"
    static let fallback: FlagKey = "WEBSOCKET_TICKET_FALLBACK"
    static let ttl: FlagKey = "WEBSOCKET_TICKET_TTL"
    static let manager = Author(name: "rosa", role: .releaseManager)
    static let admin = Author(name: "ada", role: .admin)

    init(storage: MemoryStorage = MemoryStorage(), document: EnvironmentDocument? = nil) async throws {
        self.storage = storage
        let clock = self.clock
        self.plane = try await ControlPlane(storage: storage, now: { clock.now })
        _ = try await self.plane.apply(try document ?? Self.document(), reason: "start", by: Self.admin)
    }

    /// Tickets off, the fallback on, a TTL of 30 s; one of the first two must be on for everyone.
    static func document(_ name: EnvironmentName = Self.environment) throws -> EnvironmentDocument {
        EnvironmentDocument(
            name: name, settings: EnvironmentSettings(description: "for tests", invariants: [try Self.interlock()]),
            flags: [Self.tickets: Self.toggle("off"), Self.fallback: Self.toggle("on"), Self.ttl: Self.duration(30)])
    }

    static func interlock() throws -> Invariant {
        try Invariant(
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
    }

    static func toggle(_ variant: String) -> FlagDefinition {
        FlagDefinition(
            type: .boolean, variants: ["on": true, "off": false], defaultVariant: variant, safeVariant: "off")
    }

    static func duration(_ seconds: Int64) -> FlagDefinition {
        FlagDefinition(
            type: .integer, variants: ["default": .integer(seconds)], defaultVariant: "default",
            constraints: Constraints(minimum: 1, maximum: 3600))
    }

    static func percent(_ percent: Double) throws -> FlagChange {
        .rollout(Self.tickets, percentage: Percentage(percent: percent) ?? .zero, variant: "on")
    }

    var head: EnvironmentHead { get throws { try self.plane.head(of: Self.environment) } }

    /// Commits on whatever is in force.
    @discardableResult
    func commit(_ changes: FlagChange..., reason: String = "because") async throws -> CommitOutcome {
        try await self.plane.commit(
            Changeset(baseRevision: try self.head.revision, reason: reason, changes: changes), in: Self.environment,
            by: Self.manager)
    }

    @discardableResult
    func rollback(to target: Int64? = nil, revokeTickets: Bool = false) async throws -> CommitOutcome {
        try await self.plane.rollback(
            in: Self.environment, to: target, revokeTickets: revokeTickets, reason: "take it back", by: Self.manager)
    }

    @discardableResult
    func kill(_ flag: FlagKey) async throws -> CommitOutcome {
        try await self.plane.kill(flag, in: Self.environment, reason: "stop it", by: Self.manager)
    }

    /// The tickets flag's rollout in percent at the revision in force.
    var percentage: Double? {
        get throws { try self.head.content.flags[Self.tickets]?.rollout?.percentage.percent }
    }
}
