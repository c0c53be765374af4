import FlagAPI
import FlagModel
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import FlagServer

@Suite("The server hands out the description of its API")
struct DescriptionTests {
    @Test("It is openapi.yaml, and has every route that the server has, and no other")
    func isComplete() async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.get, "/openapi.yaml", token: nil)
            #expect(answer.status == 200 && answer.headers[.contentType] == "application/yaml")
            let document = try YAMLDocument.parse(answer.text)
            let described = (document["paths"]?.objectValue ?? [:]).flatMap { path, item in
                (item.objectValue ?? [:]).keys.filter { $0 != "parameters" }.map { "\($0.uppercased()) \(path)" }
            }
            #expect(described.sorted() == api.server.declarations.map { "\($0.method) \($0.path)" }.sorted())
        }
    }

    @Test("It lists every kind of problem that there is, and no other")
    func problems() async throws {
        try await TestAPI.with { api in
            let document = try YAMLDocument.parse(try await api.send(.get, "/openapi.yaml", token: nil).text)
            let type = document["components"]?["schemas"]?["Problem"]?["properties"]?["type"]
            let listed = (type?["enum"]?.arrayValue ?? []).compactMap(\.stringValue)
            #expect(listed.sorted() == ProblemKind.allCases.map(\.rawValue).sorted())
        }
    }

    @Test("Where the file is not installed it is 404, and the server none the worse")
    func worksWithout() async throws {
        let directory = try TemporaryDirectory()
        let migrations = directory.path + "/migrations"
        try FileManager.default.copyItem(atPath: TestAPI.project + "/migrations", toPath: migrations)
        try await TestAPI.with {
            $0.migrationsDirectory = migrations
        } _: { api in
            let answer = try await api.send(.get, "/openapi.yaml", token: nil)
            #expect(answer.status == 404 && answer.problem?.detail.contains("openapi.yaml") == true)
            #expect(try await api.send(.get, "/readyz", token: nil).status == 200)
        }
    }
}
