import FlagAPI
import FlagModel
import Foundation
import Testing

@Suite("openapi.yaml")
struct OpenAPITests {
    @Test("Every path and method of it is a route of the running server, and answers as it declares")
    func everyPathAnswers() async throws {
        let text = try String(contentsOf: Built.project.appendingPathComponent("openapi.yaml"), encoding: .utf8)
        let document = try YAMLDocument.parse(text)
        let paths = try #require(document["paths"]?.objectValue)
        try await RunningServer.with { server in
            var walked = 0
            for (path, item) in paths.sorted(by: { $0.key < $1.key }) {
                let item = Self.resolve(item, in: document)
                for (method, operation) in item.objectValue ?? [:] {
                    guard let verb = Self.methods[method] else { continue }
                    // A stream does not end; StreamTests reads it.
                    guard !Self.isStream(operation, in: document) else { continue }
                    let declared = Set((operation["responses"]?.objectValue ?? [:]).keys)
                    for token in [RunningServer.adminToken, "wrong-token-0123456789", nil] {
                        let answer = try await server.request(
                            verb, Self.fill(path), token: token, json: verb == .POST ? [:] : nil)
                        walked += 1
                        let place = "\(method.uppercased()) \(path)"
                        #expect(
                            answer.status < 500 || answer.status == 503, "\(place): \(answer.status) \(answer.body)")
                        #expect(
                            declared.contains(String(answer.status)) || declared.contains("default"),
                            "\(place) answered \(answer.status), which is not declared: \(answer.body)")
                        #expect(answer.status != 405, "\(place) is not a method of the server")
                        #expect(
                            answer.json["type"]?.stringValue != "route-not-found",
                            "\(place) is not a route of the server")
                    }
                }
            }
            #expect(walked > 60)
        }
    }

    /// Whether the answer is a stream and nothing else.
    private static func isStream(_ operation: JSONValue, in document: JSONValue) -> Bool {
        let answer = Self.resolve(operation["responses"]?["200"] ?? .null, in: document)
        let content = answer["content"]?.objectValue ?? [:]
        return !content.isEmpty && content.keys.allSatisfy { $0 == "text/event-stream" }
    }

    private static let methods: [String: Method] = [
        "get": .GET, "post": .POST, "put": .PUT, "delete": .DELETE, "patch": .PATCH,
    ]

    /// Follows a reference within the document.
    private static func resolve(_ value: JSONValue, in document: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.stringValue, reference.hasPrefix("#/") else { return value }
        var target: JSONValue = document
        for step in reference.dropFirst(2).split(separator: "/") {
            let name = step.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(of: "~0", with: "~")
            target = target[name] ?? .null
        }
        return Self.resolve(target, in: document)
    }

    private static func fill(_ path: String) -> String {
        path.replacingOccurrences(of: "{environment}", with: "development")
            .replacingOccurrences(of: "{flag}", with: "WEBSOCKET_TICKET_TTL")
            .replacingOccurrences(of: "{revision}", with: "1")
            .replacingOccurrences(of: "{review}", with: "1").replacingOccurrences(of: "{schedule}", with: "1")
            .replacingOccurrences(of: "{name}", with: "nobody")
            .replacingOccurrences(of: "{instance}", with: "nobody")
            .replacingOccurrences(of: "{rollout}", with: "1")
            .replacingOccurrences(of: "{segment}", with: "nobody")
            .replacingOccurrences(of: "{ticket}", with: String(repeating: "A", count: 43))
    }
}
