public import Foundation
import Synchronization

/// A real `redis-server` of a test's own: on a free loopback port, with its files in a temporary folder of its own.
///
/// ```swift
/// try await TestRedisServer.withServer(.init(password: "s3cret")) { server in
///     let client = RedisClient(try RedisConfiguration(url: server.url))
/// }
/// ```
///
/// It only ever signals the process that it started itself, by its id.
public final class TestRedisServer: Sendable {
    /// The settings that it was started with.
    public let options: TestRedisOptions
    /// Always the loopback address.
    public let host = "127.0.0.1"
    /// The port for clients: the TLS port if TLS is on.
    public let port: Int
    /// The port without TLS; the same as ``port`` unless TLS is on.
    public let plainPort: Int
    /// The folder for everything that the server writes.
    public let directory: URL
    /// The certificate files, if TLS is on.
    public let certificates: TestCertificates?

    private let process = Mutex<ServerProcess?>(nil)

    private init(
        options: TestRedisOptions, plainPort: Int, tlsPort: Int?, directory: URL, certificates: TestCertificates?
    ) {
        self.options = options
        self.plainPort = plainPort
        self.port = tlsPort ?? plainPort
        self.directory = directory
        self.certificates = certificates
    }

    /// The URL for clients, with the password and, for TLS, the authority's file.
    public var url: String {
        let scheme = self.certificates == nil ? "redis" : "rediss"
        let credentials = self.options.password.map { ":\($0)@" } ?? ""
        let query = self.certificates.map { "?ca=\($0.authority.path)" } ?? ""
        return "\(scheme)://\(credentials)\(self.host):\(self.port)/0\(query)"
    }

    /// Starts a server, waits until it answers, and stops it when `body` has returned or thrown.
    public static func withServer<Value>(
        _ options: TestRedisOptions = TestRedisOptions(),
        _ body: (TestRedisServer) async throws -> Value
    ) async throws -> Value {
        let server = try await TestRedisServer.start(options)
        do {
            let value = try await body(server)
            await server.remove()
            return value
        } catch {
            await server.remove()
            throw error
        }
    }

    /// Starts a server and waits until it answers. Prefer ``withServer(_:_:)``; otherwise end with ``remove()``.
    public static func start(_ options: TestRedisOptions = TestRedisOptions()) async throws -> TestRedisServer {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("redis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        do {
            let certificates = options.tls ? try await TestCertificates.make(in: directory) : nil
            var lastError: any Error = TestRedisError("no attempt was made")
            // A free port may be taken by someone else before redis-server binds it.
            for _ in 0..<5 {
                let ports = try Loopback.freePorts(2)
                let server = TestRedisServer(
                    options: options, plainPort: ports[0], tlsPort: options.tls ? ports[1] : nil,
                    directory: directory, certificates: certificates)
                do {
                    try await server.launch()
                    return server
                } catch {
                    await server.kill()
                    lastError = error
                }
            }
            throw lastError
        } catch {
            try? FileManager.default.removeItem(at: directory)
            throw error
        }
    }

    /// Ends the server politely (SIGTERM) and waits until it is gone.
    public func stop() async {
        await self.end(with: SIGTERM)
    }

    /// Ends the server at once (SIGKILL) and waits until it is gone.
    public func kill() async {
        await self.end(with: SIGKILL)
    }

    /// Freezes the server (SIGSTOP), and returns when it is frozen: connections stay open and nothing is answered.
    public func pause() {
        self.process.withLock { $0 }?.freeze()
    }

    /// Lets a frozen server go on (SIGCONT).
    public func resume() {
        self.process.withLock { $0?.signal(SIGCONT) }
    }

    /// Starts the server again on the same port, after it was stopped or killed; stops it before that if need be.
    public func restart() async throws {
        await self.stop()
        try await self.launch()
    }

    /// Stops the server and removes its folder.
    public func remove() async {
        await self.end(with: SIGKILL)
        try? FileManager.default.removeItem(at: self.directory)
    }

    /// Runs a command on a connection of its own, and returns the reply as text (null is `nil`, arrays are joined by
    /// line ends). An error reply is thrown.
    @discardableResult
    public func command(_ arguments: String...) async throws -> String? {
        let port = self.plainPort
        let password = self.options.password
        return try await Loopback.onThread {
            let connection = try RawConnection(port: port)
            if let password { _ = try connection.command(["AUTH", password]) }
            return try connection.command(arguments)
        }
    }

    private func launch() async throws {
        var arguments = [
            "--bind", self.host, "--dir", self.directory.path, "--save", "", "--daemonize", "no",
            "--logfile", self.directory.appendingPathComponent("redis.log").path, "--port", "\(self.plainPort)",
        ]
        if let certificates = self.certificates {
            arguments += [
                "--tls-port", "\(self.port)", "--tls-cert-file", certificates.certificate.path,
                "--tls-key-file", certificates.key.path, "--tls-ca-cert-file", certificates.authority.path,
                "--tls-auth-clients", "no",
            ]
        }
        if let password = self.options.password { arguments += ["--requirepass", password] }
        if let primary = self.options.primary {
            arguments += ["--replicaof", primary.host, "\(primary.plainPort)", "--repl-diskless-sync-delay", "0"]
            if let password = primary.options.password { arguments += ["--masterauth", password] }
        }
        arguments += self.options.arguments
        let process = try await ServerProcess.start("redis-server", arguments: arguments)
        self.process.withLock { $0 = process }
        try await self.waitUntilReady(process)
    }

    /// Polls until the server answers `PING` (or asks for the password), or its process ends.
    private func waitUntilReady(_ process: ServerProcess) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        let port = self.plainPort
        while ContinuousClock.now < deadline {
            guard process.isRunning else { throw TestRedisError("redis-server ended at once; \(self.log)") }
            let answer = try? await Loopback.onThread { try RawConnection(port: port).reply(to: ["PING"]) }
            if let answer, answer.hasPrefix("+PONG") || answer.hasPrefix("-NOAUTH") {
                // Somebody else's server on this port would answer, too: ours has to be alive after the answer.
                if process.isRunning { return }
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestRedisError("redis-server did not answer within 20 seconds; \(self.log)")
    }

    private var log: String {
        let text = try? String(contentsOf: self.directory.appendingPathComponent("redis.log"), encoding: .utf8)
        return "its log ends with: \(text?.suffix(500) ?? "nothing")"
    }

    private func end(with signal: Int32) async {
        guard let process = self.process.withLock({ exchange(&$0, with: nil) }) else { return }
        // A frozen process does not act on SIGTERM before it goes on.
        process.signal(signal)
        process.signal(SIGCONT)
        await process.waitForExit()
    }
}
