import FlagModel
import Foundation
import Testing

extension RunningServer {
    static let stream = "/v1/environments/development/stream"

    /// Sets the tickets' lifetime, which makes a revision; returns its number.
    @discardableResult
    func makeRevision(ttl: Int64, base: Int64? = nil) async throws -> Int64 {
        let base = if let base { base } else { try await self.revision() }
        let answer = try await self.request(
            .POST, "/v1/environments/development/changesets",
            json: [
                "baseRevision": .integer(base), "reason": "stream test",
                "changes": [["op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": .integer(ttl)]],
            ])
        return try #require(answer.json["revision"]?.integerValue, "\(answer.body)")
    }

    /// Makes the flag that revisions change as large as said, in bytes, and with it every delta.
    func pad(_ size: Int, base: Int64) async throws -> Int64 {
        let flag = try await self.request(.GET, "/v1/environments/development/flags/WEBSOCKET_TICKET_TTL")
        var definition = try #require(flag.json["definition"]?.objectValue)
        definition["description"] = .string(String(repeating: "x", count: size))
        let answer = try await self.request(
            .POST, "/v1/environments/development/changesets",
            json: [
                "baseRevision": .integer(base), "reason": "stream test",
                "changes": [["op": "put", "flag": "WEBSOCKET_TICKET_TTL", "definition": .object(definition)]],
            ])
        return try #require(answer.json["revision"]?.integerValue, "\(answer.body)")
    }

    /// The revision in force.
    func revision() async throws -> Int64 {
        let answer = try await self.request(.GET, "/v1/environments/development/snapshot")
        return try #require(answer.json["revision"]?.integerValue)
    }

    /// How much memory the process holds, in bytes.
    func residentMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(self.processIdentifier)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(line.split(separator: " ").compactMap { Int($0) }.first) * 1024
    }
}
