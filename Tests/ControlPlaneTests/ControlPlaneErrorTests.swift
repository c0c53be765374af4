import ControlPlane
import FlagModel
import Testing

@Suite("Refusals")
struct ControlPlaneErrorTests {
    @Test(
        "Each says what happened and what to do",
        arguments: [
            (
                ControlPlaneError.unknownEnvironment("prod", suggestion: "production"),
                "there is no environment prod; did you mean production?"
            ),
            (.unknownRevision("staging", revision: 9, newest: 4), "staging has no revision 9: there are 1 to 4"),
            (.unknownRevision("staging", revision: 9, newest: 0), "staging has no revision 9: it has none yet"),
            (
                .unknownFlag("A", "staging", suggestion: nil),
                "there is no flag A in staging; list the flags to see them"
            ),
            (.invalidReason(length: 0), "a reason is needed: say why, in 1 to 500 characters"),
            (.invalidReason(length: 612), "the reason has 612 characters; at most 500 are allowed"),
            (
                .nothingToRollBackTo("staging", revision: 3),
                "nothing before revision 3 of staging differs from it; name the revision to restore"
            ),
            (
                .permissionNeeded(.manageEnvironments, for: "creating the environment x"),
                "creating the environment x needs the permission manage-environments; ask an admin"
            ),
            (
                .storage(StorageFailure(.busy, "it is busy", at: "/var/db", cure: "Try again")),
                "/var/db: it is busy. Try again"
            ),
        ])
    func messages(error: ControlPlaneError, expected: String) {
        #expect(error.description == expected)
    }
}
