import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("The exit status tells scripts what kind of failure it was")
struct ExitStatusTests {
    @Test(
        "A server's problem has a status",
        arguments: [
            ("conflict", 409, 4), ("ticket-replayed", 409, 1), ("token-name-taken", 409, 1),
            ("nothing-to-roll-back-to", 409, 1), ("request-malformed", 400, 3), ("request-invalid", 422, 3),
            ("invariant-violated", 422, 3), ("body-too-large", 413, 3), ("unsupported-media-type", 415, 3),
            ("unknown-flag", 404, 1), ("token-invalid", 401, 1), ("role-forbidden", 403, 1),
            ("approval-needed", 403, 5), ("environment-frozen", 423, 10),
            ("storage-unavailable", 503, 1), ("internal", 500, 1), ("time-out", 504, 6),
        ] as [(String, Int, Int32)])
    func problems(type: String, http: Int, expected: Int32) {
        #expect(flagctl.ExitStatus(Problem(type: type, title: "", status: http, detail: "")).rawValue == expected)
    }

    @Test("The help lists every status")
    func help() async {
        let run = await Run("--help")
        #expect(run.status == .success)
        for status in flagctl.ExitStatus.allCases {
            #expect(run.output.contains("  \(status.rawValue)  \(status.meaning)"))
        }
    }

    @Test(
        "A wrong command line is status 2, and says how it should be",
        arguments: [
            ["lst"], ["list"], ["list", "Bad Env"], ["list", "development", "--colour"],
            ["list", "development", "-o", "xml"],
            ["rollout", "set", "development", "X", "100.5"], ["rollout", "set", "development", "X", "0.0001"],
            ["rollout", "set", "development", "X", "half"], ["history", "development", "-n", "0"], ["apply"],
            ["apply", "-f", "a", "b", "--base", "3"], ["list", "development", "--timeout", "0"],
            ["context", "set", "x", "--token-file", "f", "--token-stdin"], ["token", "create", "x"],
        ])
    func usage(arguments: [String]) async {
        let run = await Run(arguments)
        #expect(run.status == .usage)
        #expect(run.errors.hasPrefix("error: "))
        #expect(run.errors.contains("Usage: "))
        #expect(run.output.isEmpty)
    }

    @Test(
        "A command that does not exist suggests the nearest one",
        arguments: [
            (["rolback", "development"], "rollback"), (["env", "lst"], "env list"),
            (["token", "revoek", "x"], "token revoke"),
        ])
    func suggestion(arguments: [String], expected: String) async {
        let run = await Run(arguments)
        #expect(run.status == .usage)
        #expect(run.errors.hasSuffix("hint: did you mean \(expected)?\n"))
    }

    @Test("Each percentage that is refused says why")
    func percentages() async {
        let high = await Run("rollout", "set", "development", "X", "101%")
        #expect(high.errors.contains("101% is out of range: a percentage is 0 to 100"))
        let fine = await Run("rollout", "set", "development", "X", "0.0005")
        #expect(fine.errors.contains("0.0005 is too fine: a percentage has steps of 0.001"))
    }
}
