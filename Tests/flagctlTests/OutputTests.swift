import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Output that cannot be written is a failure")
struct OutputTests {
    @Test("A full disk is told, and ends with 1")
    func fullDisk() async {
        let server = StubServer(["GET /v1/environments": .init(EnvironmentList(environments: []))])
        let console = MemoryConsole(refusal: FileAccess.Refusal(code: 28))
        let run = await Run("env", "list", "-o", "yaml", server: server, console: console)
        #expect(run.status == .error)
        #expect(run.errors.contains("No space left on device"))
    }

    @Test("So is help that cannot be written")
    func help() async {
        let console = MemoryConsole(refusal: FileAccess.Refusal(code: 28))
        let run = await Run("--help", console: console)
        #expect(run.status == .error)
        #expect(run.errors == "error: cannot write standard output: No space left on device\n")
    }

    @Test("A token whose only copy is lost is named, to be revoked")
    func token() async {
        let summary = TokenSummary(name: "ci", role: "viewer", createdAt: Samples.at, createdBy: "ada")
        let server = StubServer([
            "POST /v1/tokens": .init(TokenCreateResult(token: "t", summary: summary), status: 201)
        ])
        let console = MemoryConsole(refusal: FileAccess.Refusal(code: 28))
        let run = await Run("token", "create", "ci", "--role", "viewer", server: server, console: console)
        #expect(run.status == .error)
        #expect(run.errors.contains("its only copy is lost: flagctl token revoke ci"))
    }
}
