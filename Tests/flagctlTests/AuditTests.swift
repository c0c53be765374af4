import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("The audit is shown, exported and verified")
struct AuditTests {
    private static let entries = Samples.audit

    /// A server that hands out one entry a page.
    private static func server(_ entries: [AuditEntry] = Self.entries) -> StubServer {
        var answers: [String: StubServer.Answer] = [:]
        for position in 0...entries.count {
            let page = AuditPage(
                entries: Array(entries.dropFirst(position).prefix(1)),
                nextAfter: position + 1 < entries.count ? Int64(position + 1) : nil,
                lastSequence: Int64(entries.count), lastDigest: entries.last?.digest ?? AuditEntry.origin)
            for limit in [1, 200] { answers["GET /v1/audit?after=\(position)&limit=\(limit)"] = .init(page) }
        }
        return StubServer(answers)
    }

    private func verify(_ text: String, _ extra: String...) async -> Run {
        await Run(["audit", "verify", "--file", "-"] + extra, console: MemoryConsole(input: text))
    }

    @Test("tail shows the newest entries, oldest first")
    func tail() async {
        let run = await Run("audit", "tail", "-n", "2", server: Self.server())
        #expect(
            run.output == """
                ENTRY  AT                    BY   ACTION        ENVIRONMENT  REVISION  REASON
                    2  2026-03-04 05:06:07Z  ada  flags.commit  development         7  first "cohort"
                    3  2026-03-04 05:06:07Z  ada  flags.kill    development         7  first "cohort"

                """)
    }

    @Test("verify follows all pages")
    func online() async {
        let run = await Run("audit", "verify", server: Self.server())
        #expect(run.status == .success)
        #expect(run.output.hasPrefix("the audit chain is whole: 3 entries\nlast digest "))
    }

    @Test("An exported file verifies offline, as JSON lines and as a JSON array")
    func offline() async {
        let lines = await Run("audit", "export", server: Self.server())
        #expect(lines.output.split(separator: "\n").count == 3)
        let array = await Run("audit", "export", "-o", "json", server: Self.server())
        #expect(array.output.hasPrefix("["))
        for text in [lines.output, array.output] {
            let run = await self.verify(text)
            #expect(run.status == .success, "\(run.errors)")
            #expect(run.output.contains("3 entries"))
        }
    }

    @Test("A changed, missing, repeated or moved entry breaks the chain")
    func broken() async throws {
        let lines = await Run("audit", "export", server: Self.server()).output.split(separator: "\n").map(String.init)
        let changed = [lines[0], lines[1].replacing("cohort", with: "corhot"), lines[2]]
        for damaged in [changed, [lines[0], lines[2]], [lines[0], lines[0]], [lines[1], lines[0]], [lines[1]]] {
            let run = await self.verify(damaged.joined(separator: "\n"))
            #expect(run.status == .error)
            #expect(run.errors.hasPrefix("error: the audit chain is broken: entry "))
        }
    }

    @Test("A digest noted earlier shows that the end was cut off")
    func anchor() async throws {
        let lines = await Run("audit", "export", server: Self.server()).output.split(separator: "\n").map(String.init)
        let digest = try #require(Self.entries.last?.digest)
        #expect(await self.verify(lines.joined(separator: "\n"), "--anchor", digest.uppercased()).status == .success)
        #expect(await self.verify(lines.dropLast().joined(separator: "\n")).status == .success)
        let cut = await self.verify(lines.dropLast().joined(separator: "\n"), "--anchor", digest)
        #expect(cut.status == .error)
        #expect(cut.errors.contains("no entry of it carries the digest"))
    }

    @Test("A file that is not an export names its line")
    func notAnExport() async {
        let syntax = await self.verify("\n{\"sequence\": 1")
        #expect(syntax.status == .invalid)
        #expect(syntax.errors.hasPrefix("error: standard input, line 2: "))
        let shape = await self.verify("{\"sequence\": 1}")
        #expect(shape.status == .invalid)
        #expect(shape.errors.hasPrefix("error: standard input, line 1 is not valid\n"))
    }

    @Test("A file without entries proves nothing", arguments: ["", "\n", "[]"])
    func empty(text: String) async {
        let run = await self.verify(text)
        #expect(run.status == .error)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("error: standard input holds no entry of an audit: nothing was verified\n"))
    }

    @Test("tail names the token of an entry without a reason")
    func token() async {
        let entry = AuditEntry(
            following: nil, at: Samples.at, actor: "ada", action: "tokens.create", environment: nil, revision: nil,
            reason: "", detail: ["name": "ci"])
        let run = await Run("audit", "tail", server: Self.server([entry]))
        #expect(run.output.hasSuffix(" token ci\n"))
    }

    @Test("A server that repeats itself does not keep us for ever")
    func endless() async {
        let page = AuditPage(entries: [], nextAfter: 0, lastSequence: 0, lastDigest: AuditEntry.origin)
        let server = StubServer(["GET /v1/audit?after=0&limit=200": .init(page)])
        #expect(await Run("audit", "verify", server: server).requests.count == 1)
    }
}
