import FlagAPI
import FlagModel
import Testing

@Suite("Problems (RFC 9457)")
struct ProblemTests {
    private static var full: Problem {
        var problem = Problem(type: "stale-base", title: "Somebody was faster", status: 409, detail: "Rebase.")
        problem.instance = "/v1/environments/production/changesets"
        problem.currentRevision = 42
        problem.difference = ContentDifference(
            from: EnvironmentContent(), to: EnvironmentContent(ticketsNotBefore: Timestamp(millisecondsSinceEpoch: 0)))
        problem.issues = [FlagModel.Issue(path: "changes[0].flag", message: "is missing")]
        problem.violations = [InvariantViolation(invariant: "i", message: "m", flags: ["A"])]
        problem.retryAfter = 5
        problem.suggestion = "production"
        problem.pathway = "subprotocol"
        problem.replayOf = Problem.Replay(at: Timestamp(millisecondsSinceEpoch: 1), by: "instance-1")
        return problem
    }

    @Test("A problem with all its members reads back as itself")
    func roundTrip() throws {
        let bytes = try WireEncoder.encode(Self.full)
        #expect(try WireDecoder(unknownMembers: .refuse).decode(Problem.self, from: bytes) == Self.full)
    }

    @Test("A plain problem has the standard's members and nothing else")
    func plain() throws {
        let problem = Problem(type: "not-found", title: "No such flag", status: 404, detail: "Look again.")
        let json = try JSONParser.parse(try WireEncoder.encode(problem))
        #expect(
            json == ["type": "not-found", "title": "No such flag", "status": 404, "detail": "Look again."])
        #expect(problem.description == "No such flag: Look again.")
    }

    @Test("A newer server's members are passed over")
    func newer() throws {
        let text =
            #"{"type":"x","title":"t","status":500,"detail":"d","traceId":"1","issues":[{"path":"p","message":"m","code":3}]}"#
        let problem = try WireDecoder(unknownMembers: .ignore).decode(Problem.self, from: Array(text.utf8))
        #expect(problem.issues == [FlagModel.Issue(path: "p", message: "m")])
    }
}
