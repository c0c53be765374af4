import Foundation
import Testing

@Suite("A server that is asked to stop")
struct ShutdownTests {
    @Test("SIGTERM ends it with status 0, and SIGINT too")
    func politeEnd() async throws {
        for signal in [SIGTERM, SIGINT] {
            let folder = try RunningServer.temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let server = try await RunningServer.start(in: folder)
            #expect(try await server.request(.GET, "/readyz", token: nil).status == 200)
            server.signal(signal)
            #expect(try await server.waitForExit() == 0, "\(server.log)")
        }
    }

    @Test("A second process on the same database is refused, and says which file")
    func secondProcess() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try await RunningServer.start(in: folder)
        let second = try await Program.run(Built.server, environment: server.environment, directory: folder)
        #expect(second.status != 0)
        #expect(second.errors.contains("signalbox.sqlite"), "\(second.errors)")
        #expect(try await server.request(.GET, "/healthz", token: nil).status == 200)
        try await server.stop()
    }

    @Test("A restart keeps revisions, tokens and the audit")
    func restart() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var server = try await RunningServer.start(in: folder)
        try await server.open()
        let token = try await server.flagctl("token", "create", "chat", "--role", "backend", "-o", "json")
        #expect(token.status == 0, "\(token.errors)")
        let before = try await server.request(.GET, "/v1/environments")
        try await server.stop()

        server = try await RunningServer.start(in: folder)
        #expect(try await server.request(.GET, "/v1/environments").body == before.body)
        #expect(try await server.flagctl("token", "list").output.contains("chat"))
        #expect(try await server.flagctl("audit", "verify").status == 0)
        try await server.stop()
    }
}
