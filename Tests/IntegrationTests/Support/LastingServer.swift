import Foundation
import Synchronization

/// A server that can be killed and started again on its files and its port.
final class LastingServer: Sendable {
    private let folder: URL
    private let environment: [String: String]
    private let running: Mutex<RunningServer>

    private init(folder: URL, environment: [String: String], running: RunningServer) {
        self.folder = folder
        self.environment = environment
        self.running = Mutex(running)
    }

    /// Starts a server in a folder of its own and removes both afterwards.
    static func with<Value>(
        environment: [String: String] = [:], _ body: (LastingServer) async throws -> Value
    ) async throws -> Value {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = environment.merging(["SIGNALBOX_LISTEN": "127.0.0.1:\(try Self.lastingPort())"]) { $1 }
        let first = try await RunningServer.start(in: folder, environment: environment)
        let server = LastingServer(folder: folder, environment: environment, running: first)
        do {
            let value = try await body(server)
            _ = try await server.now.stop()
            return value
        } catch {
            await server.kill()
            throw error
        }
    }

    /// The server that runs, or ran last.
    var now: RunningServer { self.running.withLock { $0 } }

    /// Ends the server at once, as a power cut would.
    func kill() async { await self.now.kill() }

    /// Starts the server again.
    @discardableResult
    func start() async throws -> RunningServer {
        let server = try await RunningServer.start(in: self.folder, environment: self.environment)
        self.running.withLock { $0 = server }
        return server
    }

    /// A port that is free and stays so while the server is down: below those that the kernel gives to clients, one of
    /// which could otherwise connect to itself there.
    private static func lastingPort() throws -> UInt16 {
        for _ in 0..<100 {
            let port = UInt16.random(in: 15_000..<30_000)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let isFree = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            if isFree { return port }
        }
        throw HarnessError("no port is free between 15,000 and 30,000")
    }
}
