import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("Webhooks over HTTP")
struct WebhookAPITests {
    @Test("A secret that the server makes is shown once, and is in no other answer and no log")
    func secret() async throws {
        try await TestAPI.with { api in
            let made = try await api.send(
                .post, "/v1/webhooks", json: ["name": "ops", "url": "https://hooks.example.com/x"])
            #expect(made.status == 201 && made.headers[.cacheControl] == "no-store")
            let secret = try #require(try made.decode(WebhookCreateResult.self).secret)
            #expect(secret.hasPrefix("whsec_"))
            let bare = String(secret.dropFirst(6))
            for path in ["/v1/webhooks", "/v1/webhooks/ops/deliveries", "/v1/audit"] {
                let answer = try await api.send(.get, path)
                #expect(answer.status == 200 && !answer.text.contains(bare), "\(path)")
            }
            #expect(!api.log.text.contains(bare))
        }
    }

    @Test("A given secret is not sent back, and one that is none is refused")
    func givenSecret() async throws {
        try await TestAPI.with { api in
            let body: JSONValue = [
                "name": "ops", "url": "https://hooks.example.com", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ]
            let made = try await api.send(.post, "/v1/webhooks", json: body)
            #expect(try made.decode(WebhookCreateResult.self).secret == nil && !made.text.contains("MfKQ9r8"))
            #expect(try await api.send(.post, "/v1/webhooks", json: body).problem?.type == "webhook-name-taken")
            let weak = try await api.send(
                .post, "/v1/webhooks", json: ["name": "b", "url": "https://hooks.example.com", "secret": "hush"])
            #expect(weak.status == 422 && weak.problem?.issues?.map(\.path) == ["secret"])
        }
    }

    @Test("An event that there is not is refused with the nearest name")
    func unknownEvent() async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(
                .post, "/v1/webhooks",
                json: ["name": "ops", "url": "https://hooks.example.com", "events": ["rollout.rolled-bakc"]])
            #expect(answer.status == 422 && answer.problem?.detail.contains("rollout.rolled-back") == true)
        }
    }

    @Test("An address of the cloud's own is never called, be it asked for by name")
    func metadata() async throws {
        try await TestAPI.with { api in
            _ = try await api.send(
                .post, "/v1/webhooks", json: ["name": "cloud", "url": "http://169.254.169.254/latest/meta-data"])
            let result = try await api.send(.post, "/v1/webhooks/cloud/test").decode(WebhookTestResult.self)
            #expect(!result.delivered && result.failure?.contains("link-local") == true)
        }
    }

    @Test("One that nobody listens to says so")
    func unreachable() async throws {
        try await TestAPI.with { api in
            _ = try await api.send(.post, "/v1/webhooks", json: ["name": "dead", "url": "http://127.0.0.1:1/"])
            let result = try await api.send(.post, "/v1/webhooks/dead/test").decode(WebhookTestResult.self)
            #expect(!result.delivered && result.failure?.hasPrefix("nobody listens there") == true, "\(result)")
        }
    }
}
