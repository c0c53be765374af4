import FlagAPI
import FlagModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import FlagServer

@Suite("The first start says how to get in, once")
struct AnnouncementTests {
    @Test("A token is printed that works, with a JWT that works, the ready line last")
    func printsFirstScreen() async throws {
        try await TestAPI.with(.live) { configuration in
            configuration.adminToken = nil
            configuration.jwt.secret = nil
        } _: { api in
            let printed = try await Self.ready(api)
            let port = try #require(api.client.port)
            #expect(printed.last == "FlagServer listening on http://127.0.0.1:\(port)")
            let token = try #require(Self.value(of: "FLAGCTL_TOKEN", in: printed))
            #expect(try await api.send(.get, "/v1/whoami", token: token).body["role"] == "admin")
            let jwt = try #require(Self.value(of: "JWT", in: printed))
            #expect(try await api.send(.post, "/websocket/ticket", token: jwt).problem?.type == "tickets-off")
            #expect(printed.contains { $0.contains("export FLAGCTL_SERVER=http://127.0.0.1:\(port)") })
            // Kept only as a hash, and printed nowhere else.
            #expect(!api.log.text.contains(token) && !api.log.text.contains(jwt))
        }
    }

    @Test("With a configured admin token only the ready line is printed")
    func printsNoSecretTwice() async throws {
        try await TestAPI.with(.live) { api in
            let printed = try await Self.ready(api)
            #expect(printed.count == 1)
            #expect(try await api.send(.get, "/v1/whoami").body["name"] == "configured-admin")
            #expect(try await api.send(.get, "/v1/tokens").body["tokens"] == [])
        }
    }

    @Test("The second start prints no token, as there is one")
    func printsTokenOnce() async throws {
        let directory = try TemporaryDirectory()
        let database = directory.file("signalbox.sqlite")
        var outputs: [Int] = []
        for _ in 0..<2 {
            outputs.append(
                try await TestAPI.with(.live) { configuration in
                    configuration.databasePath = database
                    configuration.adminToken = nil
                } _: { api in
                    try await Self.ready(api).filter { $0.contains("FLAGCTL_TOKEN=") }.count
                })
        }
        #expect(outputs == [1, 0])
    }

    /// What was printed, once the ready line is among it.
    static func ready(_ api: TestAPI) async throws -> [String] {
        try await eventually("the server is announced") { api.printed.text.contains("FlagServer listening on ") }
        return api.printed.lines.map(String.init)
    }

    static func value(of variable: String, in lines: [String]) -> String? {
        lines.lazy.compactMap { line in
            line.firstRange(of: "export \(variable)=").map { String(line[$0.upperBound...]) }
        }.first
    }
}
