internal import AsyncHTTPClient
internal import ControlPlane
internal import FlagModel
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Sends events, signed, to where they are wanted. Redirects are not followed, and answers not read beyond their status.
struct WebhookSender: Sendable {
    /// How long an attempt may take.
    static let timeout = TimeAmount.seconds(8)
    /// How long a connection may take.
    static let connectTimeout = TimeAmount.seconds(5)

    let now: @Sendable () -> Timestamp

    /// Sends an event once.
    func send(id: String, body: String, to webhook: Webhook) async -> WebhookAttempt {
        let start = ContinuousClock.now
        let status: Result<Int, WebhookFailure> = await self.post(id: id, body: body, to: webhook)
        let duration = (ContinuousClock.now - start) / .milliseconds(1)
        var attempt = WebhookAttempt(at: self.now(), milliseconds: Int64(duration))
        switch status {
        case .success(let status): attempt.status = status
        case .failure(let failure): attempt.failure = failure.description
        }
        return attempt
    }

    private func post(id: String, body: String, to webhook: Webhook) async -> Result<Int, WebhookFailure> {
        do throws(WebhookFailure) {
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: try await Self.configuration(for: webhook.grant.url))
            let result = await self.exchange(id: id, body: body, to: webhook, over: client)
            do {
                try await client.shutdown()
            } catch {
                // The answer is known by then; a connection that does not close in order is closed all the same.
            }
            return result
        } catch {
            return .failure(error)
        }
    }

    private func exchange(
        id: String, body: String, to webhook: Webhook, over client: HTTPClient
    ) async -> Result<Int, WebhookFailure> {
        var request = HTTPClientRequest(url: webhook.grant.url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "Signalbox")
        for field in WebhookSignature(id: id, body: body, at: self.now(), secret: webhook.secret).headers {
            request.headers.add(name: field.name, value: field.value)
        }
        request.body = .bytes(ByteBuffer(string: body))
        do {
            return .success(Int(try await client.execute(request, timeout: Self.timeout).status.code))
        } catch {
            return .failure(WebhookFailure(error))
        }
    }

    /// A client that goes to the very address that was looked at: a name that answers with another one a moment later
    /// leads nowhere else.
    private static func configuration(for url: String) async throws(WebhookFailure) -> HTTPClient.Configuration {
        guard let parts = URLComponents(string: url), let host = parts.host, let scheme = parts.scheme?.lowercased()
        else {
            throw .badAddress
        }
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let address = try await Self.resolve(bare, parts.port ?? (scheme == "https" ? 443 : 80))
        switch AddressKind(address) {
        case .never: throw .forbidden
        case .public where scheme == "http": throw .unprotected
        case .public, .private: break
        }
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = Self.connectTimeout
        configuration.connectionPool.retryConnectionEstablishment = false
        if let pinned = address.ipAddress, pinned != bare { configuration.dnsOverride = [host: pinned] }
        return configuration
    }

    private static func resolve(_ host: String, _ port: Int) async throws(WebhookFailure) -> SocketAddress {
        do {
            return try await NIOThreadPool.singleton.runIfActive {
                try SocketAddress.makeAddressResolvingHost(host, port: port)
            }
        } catch {
            throw .unknownHost
        }
    }
}
