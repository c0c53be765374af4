import ControlPlane
import FlagModel
import Testing

@Suite("Who may do what with a rollout")
struct RolloutPermissionTests {
    private static let stopping: [RolloutCommand] = [.pause, .abort, .undo()]
    private static let going: [RolloutCommand] = [.resume, .promote(full: false), .promote(full: true)]

    /// What each role may do, written down here.
    private static func allowed(_ role: Role) -> [RolloutCommand] {
        switch role {
        case .reader, .backend, .viewer: []
        case .operator: Self.stopping
        case .releaseManager: Self.stopping + Self.going
        case .approver: [.approve(step: 0)]
        case .admin: Self.stopping + Self.going + [.approve(step: 0)]
        }
    }

    @Test("The control plane refuses each command to a role that must not give it", arguments: Role.allCases)
    func commands(_ role: Role) async throws {
        let author = Author(name: "someone", role: role)
        for command in Self.stopping + Self.going + [.approve(step: 0)] {
            let run = try await RolloutRun("25%:10m,100%")
            try await run.start()
            let refusal = await Self.refusal {
                _ = try await run.fixture.plane.command(
                    command, rollout: 1, in: Fixture.environment, reason: "try", by: author)
            }
            let isForbidden = refusal == .permissionNeeded(command.permission, for: "\(command.name) of a rollout")
            #expect(isForbidden == !Self.allowed(role).contains(command), "\(role), \(command)")
        }
    }

    @Test("Only a release manager or an admin starts one", arguments: Role.allCases)
    func start(_ role: Role) async throws {
        let run = try await RolloutRun("25%:10m,100%")
        let refusal = await Self.refusal {
            _ = try await run.fixture.plane.startRollout(
                run.plan, in: Fixture.environment, reason: "try", by: Author(name: "someone", role: role))
        }
        let mayStart = role == .releaseManager || role == .admin
        #expect(refusal == (mayStart ? nil : .permissionNeeded(.manageRollouts, for: "starting a rollout")))
        #expect(try run.fixture.percentage == (mayStart ? 25 : nil))
    }

    private static func refusal(_ body: () async throws -> Void) async -> ControlPlaneError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? ControlPlaneError
        }
    }
}
