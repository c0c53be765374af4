import AsyncHTTPClient
import FlagModel
import Foundation
import NIOCore
import NIOHTTP1

/// A real FlagServer and a real Redis on free ports of the loopback interface, with files of their own, and flagctl for them.
final class Stage: Sendable {
    static let environment = "demo"
    static let secret = Stage.random()

    /// Where logs, plans, the transcript and the picture lie.
    let folder: URL
    let address: String
    private let project: URL
    private let token: String
    private let redis: Child
    private let server: Child
    private let transcript: Transcript

    /// Starts both.
    init(project: URL, folder: URL, transcript: Transcript) async throws {
        self.project = project
        self.folder = folder
        self.transcript = transcript
        self.token = Self.random()
        let port = try await FreePort.find()
        self.redis = try Child(
            "redis-server",
            ["--bind", "127.0.0.1", "--port", "\(port)", "--save", "", "--dir", folder.path],
            log: folder.appendingPathComponent("redis.errors"))
        do {
            _ = try await self.redis.line(containing: "Ready to accept connections")
            self.server = try Child(
                project.appendingPathComponent("bin/FlagServer").path, ["serve"],
                environment: [
                    "SIGNALBOX_LISTEN": "127.0.0.1:0",
                    "SIGNALBOX_DATABASE": folder.appendingPathComponent("signalbox.sqlite").path,
                    "SIGNALBOX_ENVIRONMENTS_DIR": project.appendingPathComponent("Examples/Demo/environments").path,
                    "SIGNALBOX_MIGRATIONS_DIR": project.appendingPathComponent("migrations").path,
                    "SIGNALBOX_RUNTIME_ENVIRONMENT": Self.environment,
                    "SIGNALBOX_ADMIN_TOKEN": self.token,
                    "SIGNALBOX_JWT_HS256_SECRET": Self.secret,
                    "SIGNALBOX_TRUSTED_PROXIES": "127.0.0.1",
                    "SIGNALBOX_LOG_LEVEL": "warning",
                    "REDIS_URL": "redis://127.0.0.1:\(port)",
                ],
                log: folder.appendingPathComponent("FlagServer.log"))
        } catch {
            self.redis.stop()
            throw error
        }
        do {
            let line = try await self.server.line(containing: "FlagServer listening on http://")
            self.address = line.split(separator: " ").last.map(String.init) ?? ""
        } catch {
            self.server.stop()
            self.redis.stop()
            throw error
        }
    }

    /// Stops both.
    func close() {
        self.server.stop()
        self.redis.stop()
    }

    /// Runs flagctl and prints what it says as it says it.
    ///
    /// - Returns: Its exit status.
    @discardableResult
    func flagctl(_ arguments: String...) async throws -> Int32 {
        await self.transcript.command(arguments)
        let child = try Child(
            self.project.appendingPathComponent("bin/flagctl").path, arguments,
            environment: [
                "FLAGCTL_SERVER": self.address, "FLAGCTL_TOKEN": self.token, "XDG_CONFIG_HOME": self.folder.path,
            ],
            log: self.folder.appendingPathComponent("flagctl.errors"))
        for await line in child.lines { await self.transcript.line(line) }
        let status = child.status()
        let errors = try String(contentsOf: self.folder.appendingPathComponent("flagctl.errors"), encoding: .utf8)
        for line in errors.split(separator: "\n") { await self.transcript.line(String(line)) }
        return status
    }

    /// Sends a request and reads the answer as JSON.
    func request(
        _ method: HTTPMethod, _ path: String, token: String? = nil, json: JSONValue? = nil,
        headers: [(String, String)] = []
    ) async throws -> (status: Int, json: JSONValue) {
        var request = HTTPClientRequest(url: self.address + path)
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(token ?? self.token)")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let json {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: json.canonical))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 4 << 20)
        return (Int(response.status.code), try JSONParser.parse(String(buffer: body)))
    }

    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in String(generator.next() as UInt64, radix: 16) }.joined()
    }
}
