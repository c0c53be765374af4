import AsyncHTTPClient
import FlagModel
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@Suite("OFREP's change events")
struct OFREPEventTests {
    private static let path = "/ofrep/v1/evaluate/flags"

    /// The data of the first event that comes.
    private static func firstEvent(of response: HTTPClientResponse) async throws -> JSONValue {
        var text = ""
        for try await part in response.body {
            text += String(buffer: part)
            let events = text.components(separatedBy: "\n\n").dropLast()
            guard let event = events.first(where: { $0.contains("event: message") }) else { continue }
            let data = try #require(event.split(separator: "\n").first { $0.hasPrefix("data: ") }, "\(event)")
            return try JSONParser.parse(String(data.dropFirst("data: ".count)))
        }
        throw HarnessError("the stream ended without an event:\n\(text)")
    }

    @Test("The announced stream tells of a change, whose tag makes the next bulk answer a whole one")
    func events() async throws {
        try await RunningServer.with { server in
            let made = try await server.request(
                .POST, "/v1/tokens", json: ["name": "ofrep", "role": "reader", "environments": ["development"]])
            let token = try #require(made.json["token"]?.stringValue, "\(made.body)")
            func bulk(_ query: String = "", having tag: String? = nil) async throws -> Answer {
                try await server.request(
                    .POST, Self.path + query, token: token, json: [:],
                    headers: tag.map { [("If-None-Match", $0)] } ?? [])
            }
            let first = try await bulk()
            let firstTag = try #require(first.header("ETag"))
            let endpoint = first.json["eventStreams"]?.arrayValue?.first?["endpoint"]
            let address = try #require(endpoint?["requestUri"]?.stringValue, "\(first.body)")
            for header in ["Authorization", "X-API-Key"] {
                var request = HTTPClientRequest(url: server.address + address)
                request.headers.add(name: header, value: header == "Authorization" ? "Bearer \(token)" : token)
                let stream = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
                #expect(stream.status == .ok)

                let revision = try await server.request(.GET, "/v1/environments/development").json["summary"]?[
                    "revision"]
                let change = try await server.request(
                    .POST, "/v1/environments/development/changesets",
                    json: [
                        "baseRevision": revision ?? .null, "reason": "for the test",
                        "changes": [
                            ["op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": header == "X-API-Key" ? 90 : 60]
                        ],
                    ])
                #expect(change.status == 200, "\(change.body)")
                let event = try await Self.firstEvent(of: stream)
                #expect(event["type"] == "refetchEvaluation" && event["lastModified"]?.integerValue != nil, "\(event)")
                let query =
                    "?flagConfigEtag="
                    + (try #require(event["etag"]?.stringValue).replacingOccurrences(of: "\"", with: "%22"))

                let second = try await bulk(query, having: firstTag)
                #expect(second.status == 200 && second.header("ETag") != firstTag)
                let secondTag = try #require(second.header("ETag"))
                #expect(try await bulk(query, having: secondTag).status == 304)
                #expect(try await bulk("?flagConfigEtag=%22older%22", having: secondTag).status == 200)
            }
        }
    }
}
