import BenchmarkSupport
import Foundation

/// wrk, posting the same request again and again.
struct HTTPLoad {
    var address: String
    var path: String
    var token: String
    var body: String

    /// Requests per second over 64 connections.
    func measure(seconds: Int) throws -> Double {
        let script = FileManager.default.temporaryDirectory.appendingPathComponent("post-\(UUID().uuidString).lua")
        defer { try? FileManager.default.removeItem(at: script) }
        try """
        wrk.method = "POST"
        wrk.headers["Authorization"] = "Bearer \(self.token)"
        wrk.headers["Content-Type"] = "application/json"
        wrk.body = [[\(self.body)]]
        """.write(to: script, atomically: true, encoding: .utf8)
        let output = try Program.run(
            "wrk", ["-t", "1", "-c", "64", "-d", "\(seconds)s", "-s", script.path, self.address + self.path])
        guard !output.contains("Non-2xx"), !output.contains("Socket errors") else {
            throw BenchmarkError("not every request was answered with 200:\n\(output)")
        }
        guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("Requests/sec:") }),
            let rate = line.split(separator: " ").last.flatMap({ Double($0) })
        else { throw BenchmarkError("wrk printed something else:\n\(output)") }
        return rate
    }
}
