import BenchmarkSupport
import Foundation

extension Bench {
    /// One flag by OFREP, with a rule that does not match and a rollout, against a handler that only answers.
    func ofrep() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
        let environments = folder.appendingPathComponent("environments")
        try FileManager.default.createDirectory(at: environments, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.checkout.write(
            to: environments.appendingPathComponent("development.yaml"), atomically: true, encoding: .utf8)

        let bare = try Program(self.bareHandler, [])
        defer { bare.stop() }
        let port = try bare.line(containing: "listening on port").split(separator: " ").last ?? "0"

        let adminToken = UUID().uuidString
        let server = try Program(
            self.server, [],
            environment: [
                "SIGNALBOX_LISTEN": "127.0.0.1:0", "SIGNALBOX_DATABASE": folder.path + "/signalbox.sqlite",
                "SIGNALBOX_ENVIRONMENTS_DIR": environments.path, "SIGNALBOX_LOG_LEVEL": "warning",
                "SIGNALBOX_MIGRATIONS_DIR": self.project + "/migrations", "SIGNALBOX_ADMIN_TOKEN": adminToken,
            ], directory: folder.path)
        defer { server.stop() }
        let address = String(try server.line(containing: "FlagServer listening on").split(separator: " ").last ?? "")

        let ours = HTTPLoad(
            address: address, path: "/ofrep/v1/evaluate/flags/NEW_CHECKOUT",
            token: try Self.readerToken(of: address, adminToken: adminToken),
            body: #"{"context":{"targetingKey":"user-4711","email":"user-4711@example.com","plan":"pro"}}"#)
        var theirs = ours
        theirs.address = "http://127.0.0.1:\(port)"
        try self.compare(ours, theirs, as: "OFREP single evaluation")
    }

    /// An access token for development, made as an operator would.
    private static func readerToken(of address: String, adminToken: String) throws -> String {
        let answer = try Program.run(
            "curl",
            [
                "-s", address + "/v1/tokens", "-H", "Authorization: Bearer \(adminToken)",
                "-H", "Content-Type: application/json",
                "-d", #"{"name":"bench","role":"reader","environments":["development"]}"#,
            ])
        let members = try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any]
        guard let token = members?["token"] as? String else { throw BenchmarkError("no token was made: \(answer)") }
        return token
    }

    private static let checkout = """
        environment: development
        flags:
          NEW_CHECKOUT:
            type: boolean
            variants: { "on": true, "off": false }
            defaultVariant: "off"
            rollout: { variant: "on", percentage: 25 }
            targeting: { if: [ { in: [ { var: email }, [qa@example.com, ops@example.com] ] }, "on", null ] }
            metadata: { team: web }
        """
}
