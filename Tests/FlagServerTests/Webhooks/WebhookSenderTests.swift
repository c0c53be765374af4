import ControlPlane
import FlagModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import FlagServer

@Suite("Sending an event")
struct WebhookSenderTests {
    private static let now = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)

    /// Sends an event to `path` of a server that answers with what is in the path, and leads `/away` to `/200`.
    private static func attempt(_ path: String) async throws -> (attempt: WebhookAttempt, requests: [String]) {
        let requests = Mutex<[String]>([])
        let router = Router()
        router.post("/{status}") { request, context in
            requests.withLock { $0.append(request.uri.path) }
            let status = context.parameters.get("status").flatMap { Int($0) }
            guard let status else { return Response(status: .found, headers: [.location: "/200"]) }
            return Response(status: HTTPResponse.Status(code: status))
        }
        let attempt = try await Application(router: router).test(.live) { client in
            let webhook = Webhook(
                id: 1, grant: WebhookGrant(name: "ops", url: "http://127.0.0.1:\(client.port ?? 0)\(path)"),
                secret: try #require(WebhookSecret(Array(1...32))), createdAt: Self.now, createdBy: "ada")
            return await WebhookSender(now: { Self.now }).send(id: "evt_1", body: "{}", to: webhook)
        }
        return (attempt, requests.withLock { $0 })
    }

    @Test("What is answered with 2xx is delivered, everything else is not", arguments: [200, 204, 400, 410, 500, 503])
    func statuses(status: Int) async throws {
        let attempt = try await Self.attempt("/\(status)").attempt
        #expect(attempt.status == status && attempt.isDelivered == (status < 300))
    }

    @Test("A redirect is not followed")
    func redirect() async throws {
        let (attempt, requests) = try await Self.attempt("/away")
        #expect(attempt.status == 302 && !attempt.isDelivered)
        #expect(requests == ["/away"])
    }

    @Test("Nothing public is called without TLS")
    func unprotected() async throws {
        let webhook = Webhook(
            id: 1, grant: WebhookGrant(name: "ops", url: "http://93.184.216.34/"),
            secret: try #require(WebhookSecret(Array(1...32))), createdAt: Self.now, createdBy: "ada")
        let attempt = await WebhookSender(now: { Self.now }).send(id: "evt_1", body: "{}", to: webhook)
        #expect(attempt.failure == "the address is public; use https")
    }

    @Test("A server that cannot prove who it is gets no event")
    func untrusted() async throws {
        // An HTTP server does not speak TLS.
        let router = Router()
        let attempt = try await Application(router: router).test(.live) { client in
            let webhook = Webhook(
                id: 1, grant: WebhookGrant(name: "ops", url: "https://127.0.0.1:\(client.port ?? 0)/"),
                secret: try #require(WebhookSecret(Array(1...32))), createdAt: Self.now, createdBy: "ada")
            return await WebhookSender(now: { Self.now }).send(id: "evt_1", body: "{}", to: webhook)
        }
        #expect(attempt.failure?.hasPrefix("TLS failed") == true, "\(attempt)")
    }
}
