import ControlPlane
import Testing

@Suite("Roles")
struct RoleTests {
    @Test(
        "The table of who may do what",
        arguments: [
            (Role.reader, "acknowledge evaluate read-flags"),
            (.backend, "acknowledge consume-tickets evaluate read-flags validate-tickets"),
            (.viewer, "acknowledge evaluate read-audit read-flags read-history"),
            (.operator, "acknowledge close-reviews evaluate kill read-audit read-flags read-history rollback"),
            (
                .releaseManager,
                "acknowledge close-reviews commit evaluate kill manage-rollouts read-audit read-flags read-history rollback"
            ),
            (.approver, "acknowledge approve evaluate read-audit read-flags read-history"),
            (
                .admin,
                "acknowledge approve close-reviews commit consume-tickets evaluate kill manage-environments manage-rollouts "
                    + "manage-tokens manage-webhooks read-audit read-flags read-history rollback validate-tickets"
            ),
        ])
    func table(role: Role, expected: String) {
        let names = Permission.allCases.filter(role.allows).map(\.rawValue).sorted()
        #expect(names.joined(separator: " ") == expected)
    }

    @Test("Nobody approves what they could have committed themselves, but an admin")
    func separation() {
        for role in Role.allCases where role != .admin {
            #expect(!(role.allows(.approve) && role.allows(.commit)))
        }
    }
}
