import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Access tokens are made, listed and revoked")
struct TokenTests {
    private static func summary(_ name: String, revoked: Bool = false, expires: Int64? = nil) -> TokenSummary {
        TokenSummary(
            name: name, role: "operator", environments: name == "ops" ? ["staging", "production"] : nil,
            createdAt: Samples.at, createdBy: "bootstrap",
            expiresAt: expires.map(Samples.at.advanced(byMilliseconds:)), revokedAt: revoked ? Samples.at : nil)
    }

    @Test("create sends name, role, environments and duration, and shows the token once")
    func create() async {
        let server = StubServer([
            "POST /v1/tokens": .init(
                TokenCreateResult(token: "shown-once", summary: Self.summary("ops", expires: 1000)), status: 201)
        ])
        let run = await Run(
            "token", "create", "ops", "--role", "operator", "--environment", "staging", "--environment", "production",
            "--expires", "30d", server: server)
        #expect(
            run.requests.first?.body == [
                "name": "ops", "role": "operator", "environments": ["staging", "production"],
                "expiresInSeconds": 2_592_000,
            ])
        #expect(
            run.output == """
                token    shown-once
                name     ops
                role     operator in staging, production
                expires  2026-03-04 05:06:08Z

                """)
        #expect(run.errors == "The token is not shown again: keep it in a safe place.\n")
    }

    @Test("list leaves out what is no longer good, unless --all")
    func list() async {
        let server = StubServer([
            "GET /v1/tokens": .init(
                TokenList(tokens: [
                    Self.summary("old", expires: 0), Self.summary("ops"), Self.summary("gone", revoked: true),
                ]))
        ])
        let live = await Run("token", "list", server: server)
        #expect(
            live.output == """
                NAME  ROLE      ENVIRONMENTS         STATE  CREATED               BY         EXPIRES
                ops   operator  staging, production  live   2026-03-04 05:06:07Z  bootstrap  never

                """)
        let all = await Run("token", "list", "--all", server: server)
        #expect(all.output.contains("expired"))
        #expect(all.output.contains("revoked"))
    }

    @Test("revoke escapes the name in the path")
    func revoke() async {
        let server = StubServer(["DELETE /v1/tokens/a%2Fb%20c": .init(Self.summary("x"))])
        let run = await Run("token", "revoke", "a/b c", server: server)
        #expect(run.status == .success)
        #expect(run.output == "x (operator) is revoked\n")
    }
}
