import BenchmarkSupport
import Foundation

/// An etcd with a data folder of its own, on loopback.
final class EtcdProcess {
    private static let key = Data("flag".utf8).base64EncodedString()

    let port: Int
    private let program: Program
    private let folder: URL

    init() throws {
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("etcd-\(UUID().uuidString)")
        // Below the ports that connections of this machine are given.
        let port = 20_000 + Int.random(in: 0..<6000) * 2
        let client = "http://127.0.0.1:\(port)"
        let peer = "http://127.0.0.1:\(port + 1)"
        self.port = port
        self.program = try Program(
            "etcd",
            [
                "--data-dir", self.folder.path, "--listen-client-urls", client, "--advertise-client-urls",
                client,
                "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster",
                "default=\(peer)", "--log-level", "info", "--log-outputs", "stdout",
            ])
        _ = try self.program.line(containing: "ready to serve client requests")
    }

    /// Watches a key over the HTTP gateway.
    static var watchRequest: HTTPRequest {
        HTTPRequest(method: "POST", path: "/v3/watch", body: #"{"create_request":{"key":"\#(Self.key)"}}"#)
    }

    /// Writes the key; the value is as long as a delta of ours.
    static func putRequest(number: Int) -> HTTPRequest {
        let value = Data("\(number) \(String(repeating: "x", count: 500))".utf8).base64EncodedString()
        return HTTPRequest(method: "POST", path: "/v3/kv/put", body: #"{"key":"\#(Self.key)","value":"\#(value)"}"#)
    }

    func stop() {
        self.program.stop()
        try? FileManager.default.removeItem(at: self.folder)
    }
}
