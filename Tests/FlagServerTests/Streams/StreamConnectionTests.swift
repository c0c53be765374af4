import ControlPlane
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import FlagServer

@Suite("A stream's connection")
struct StreamConnectionTests {
    private static let request =
        "GET /v1/environments/development/stream HTTP/1.1\r\nHost: x\r\n"
        + "Authorization: Bearer \(TestAPI.adminToken)\r\n\r\n"

    @Test("Neither the time to answer nor the idle time cuts a stream; its age does, and the connection ends")
    func outlivesDeadlines() async throws {
        try await TestAPI.with(.live) { configuration in
            configuration.limits.answerTimeout = .seconds(5)
            configuration.limits.idleTimeout = .seconds(5)
            configuration.limits.receiveTimeout = .seconds(5)
            configuration.streams.maximumAge = .seconds(7)
            configuration.streams.ageJitter = 0
        } _: { api in
            let answer = try await ConnectionTests.exchange(api, Self.request)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.contains("event: snapshot"))
            #expect(answer.contains("event: end\ndata: {\"reason\":\"maximum-age\"}\n\n\r\n0\r\n\r\n"))
        }
    }

    @Test("A stream whose token was revoked ends before it is sent another revision")
    func revoked() async throws {
        try await TestAPI.with(.live) { api in
            let token = try await api.token("reader")
            async let answer = ConnectionTests.exchange(
                api,
                Self.request.replacing(TestAPI.adminToken, with: token)
                    .replacing("/stream ", with: "/stream?instance=a "))
            let name = try #require(api.server.plane.tokens.last { $0.revokedAt == nil }?.name)
            try await eventually("the stream is open") {
                try await api.send(.get, "/v1/environments/development/instances/a").text.contains("\"connected\":true")
            }
            #expect(try await api.send(.delete, "/v1/tokens/\(name)").status == 200)
            try await api.rollOut(10)
            let text = try await answer
            #expect(!text.contains("event: delta"))
            #expect(text.contains("event: end\ndata: {\"reason\":\"access-ended\"}"))
        }
    }

    @Test("A client that said that it will send no more is taken for gone")
    func halfClosed() async throws {
        try await TestAPI.with(.live) { api in
            let answer = try await ConnectionTests.exchange(api, Self.request, ends: true)
            #expect(!answer.contains("event: end"))
        }
    }

    @Test("A stream is logged once, when it begins, without its query")
    func logged() async throws {
        try await TestAPI.with(.live) { configuration in
            configuration.streams.maximumAge = .seconds(1)
        } _: { api in
            _ = try await ConnectionTests.exchange(
                api, Self.request.replacing("/stream ", with: "/stream?instance=chat-4711 "))
            let lines = api.log.text.split(separator: "\n").filter { $0.contains("/stream") }
            #expect(lines.count == 1)
            #expect(lines.first?.contains("http.status=200") == true)
            #expect(!api.log.text.contains("chat-4711"))
        }
    }

    @Test("HEAD says what a stream would be and ends")
    func head() async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.head, "/v1/environments/development/stream?instance=a")
            #expect(answer.status == 200 && answer.headers[.contentType] == "text/event-stream")
            #expect(try await api.send(.get, "/v1/environments/development/instances/a").status == 404)
        }
    }
}
