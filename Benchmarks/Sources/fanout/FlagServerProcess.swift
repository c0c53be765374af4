import BenchmarkSupport
import Foundation

/// A FlagServer with a database of its own, and the project's development environment.
final class FlagServerProcess {
    static let token = "benchmark-token-of-no-worth"

    let port: Int
    private let program: Program
    private let folder: URL

    init(path: String, project: String) throws {
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("fanout-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        self.program = try Program(
            path, [],
            environment: [
                "SIGNALBOX_LISTEN": "127.0.0.1:0", "SIGNALBOX_DATABASE": self.folder.path + "/signalbox.sqlite",
                "SIGNALBOX_ENVIRONMENTS_DIR": project + "/environments", "SIGNALBOX_LOG_LEVEL": "error",
                "SIGNALBOX_MIGRATIONS_DIR": project + "/migrations", "SIGNALBOX_ADMIN_TOKEN": Self.token,
                "SIGNALBOX_MAX_CONNECTIONS": "11000",
            ], directory: self.folder.path)
        let line = try self.program.line(containing: "FlagServer listening on")
        guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw BenchmarkError("FlagServer printed something else: \(line)")
        }
        self.port = port
    }

    /// What flagctl needs to know.
    var access: [String: String] {
        ["FLAGCTL_SERVER": "http://127.0.0.1:\(self.port)", "FLAGCTL_TOKEN": Self.token]
    }

    /// Opens the event stream.
    var streamRequest: HTTPRequest {
        HTTPRequest(
            method: "GET", path: "/v1/environments/development/stream",
            headers: [("Authorization", "Bearer \(Self.token)"), ("Accept", "text/event-stream")])
    }

    /// Moves a rollout's percentage.
    func changeRequest(percentage: Int, base: Int) -> HTTPRequest {
        HTTPRequest(
            method: "POST", path: "/v1/environments/development/changesets",
            headers: [("Authorization", "Bearer \(Self.token)")],
            body: #"{"baseRevision":\#(base),"reason":"benchmark","changes":"#
                + #"[{"op":"rollout","flag":"ENABLE_WEBSOCKET_TICKETS","percentage":\#(percentage)}]}"#)
    }

    /// The memory that the process has in use.
    func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(self.program.processIdentifier)/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({
                Int($0)
            })
        else { throw BenchmarkError("the kernel does not say how much memory FlagServer has") }
        return kilobytes * 1024
    }

    func stop() {
        self.program.stop()
        try? FileManager.default.removeItem(at: self.folder)
    }
}
