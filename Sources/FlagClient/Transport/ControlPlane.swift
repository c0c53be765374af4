import AsyncHTTPClient
import FlagAPI
import FlagModel
import NIOCore
import NIOHTTP1

/// The control plane's requests, as one environment's client makes them.
struct ControlPlane: Sendable {
    let http: HTTPClient
    let server: ServerAddress
    let environment: EnvironmentName
    let instance: String
    let token: AccessToken
    let timings: FlagClientTimings
    let limit: Int

    /// A client for HTTP with which streams, polls and reports of one instance get along.
    static func makeHTTPClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        // A redirect would carry the token elsewhere.
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        // Waiting and trying again is the connection machine's to decide.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Servers and proxies close idle connections after a minute or half of one; be the first.
        configuration.connectionPool.idleTimeout = .seconds(25)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Opens the event stream.
    ///
    /// - Parameters:
    ///   - position: Where to go on; nil: with the whole snapshot.
    ///   - anonymously: Whether not to say whose stream it is.
    /// - Returns: The stream's bytes.
    func stream(
        from position: StreamPosition?, anonymously: Bool
    ) async throws(TransportFailure) -> HTTPClientResponse.Body {
        var request = self.request(.GET, anonymously ? "stream" : "stream?instance=\(self.instance)")
        request.headers.add(name: "Accept", value: "text/event-stream")
        request.headers.add(name: "Cache-Control", value: "no-cache")
        if let position { request.headers.add(name: "Last-Event-ID", value: position.description) }
        let response = try await self.execute(request, within: self.timings.responseTimeout)
        guard response.status == .ok else { throw .refused(await self.refusal(response)) }
        let type = response.headers.first(name: "Content-Type") ?? "nothing"
        guard type.lowercased().hasPrefix("text/event-stream") else {
            throw .unusable("the stream's content type is \(type.prefix(100))")
        }
        return response.body
    }

    /// Fetches the snapshot.
    ///
    /// - Parameter etag: Names the snapshot that is known; nil: none is.
    func snapshot(unless etag: String?) async throws(TransportFailure) -> SnapshotAnswer {
        var request = self.request(.GET, "snapshot")
        request.headers.add(name: "Accept", value: "application/json")
        if let etag { request.headers.add(name: "If-None-Match", value: etag) }
        let response = try await self.execute(request, within: self.timings.requestTimeout)
        if response.status == .notModified, etag != nil { return .notModified }
        guard response.status == .ok else { throw .refused(await self.refusal(response)) }
        return .snapshot(
            try await self.collect(response, upTo: self.limit), etag: response.headers.first(name: "ETag"))
    }

    /// Says what is applied.
    func report(_ report: InstanceReport) async throws(TransportFailure) -> InstanceAcknowledgement {
        var request = self.request(.PUT, "instances/\(self.instance)")
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "Content-Type", value: "application/json")
        do {
            request.body = .bytes(ByteBuffer(bytes: try WireEncoder.encode(report)))
        } catch {
            throw .unusable("the report cannot be encoded: \(error)")
        }
        let response = try await self.execute(request, within: self.timings.requestTimeout)
        guard response.status == .ok else { throw .refused(await self.refusal(response)) }
        let body = try await self.collect(response, upTo: 1 << 16)
        do {
            return try WireDecoder(unknownMembers: .ignore).decode(InstanceAcknowledgement.self, from: body)
        } catch {
            throw .unusable("its acknowledgement is not readable: \(error)")
        }
    }

    private func request(_ method: HTTPMethod, _ rest: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(self.server)/v1/environments/\(self.environment)/\(rest)")
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(self.token.text)")
        request.headers.add(name: "User-Agent", value: "FlagClient/\(Version.current)")
        return request
    }

    private func execute(
        _ request: HTTPClientRequest, within limit: Duration
    ) async throws(TransportFailure) -> HTTPClientResponse {
        do {
            return try await self.http.execute(request, timeout: .nanoseconds(limit.nanoseconds))
        } catch {
            throw TransportFailure(error, beforeAnswer: true)
        }
    }

    private func collect(_ response: HTTPClientResponse, upTo limit: Int) async throws(TransportFailure) -> [UInt8] {
        do {
            return Array(buffer: try await response.body.collect(upTo: limit))
        } catch {
            throw TransportFailure(error, beforeAnswer: false)
        }
    }

    private func refusal(_ response: HTTPClientResponse) async -> Refusal {
        var refusal = Refusal(status: Int(response.status.code))
        refusal.retryAfter = response.headers.first(name: "Retry-After").flatMap { Int64($0) }
            .flatMap { $0 >= 0 ? .seconds(min($0, 86_400)) : nil }
        // A proxy's error has no such body, and then the status has to do.
        if let body = try? await self.collect(response, upTo: 1 << 16),
            let problem = try? WireDecoder(unknownMembers: .ignore).decode(Problem.self, from: body)
        {
            refusal.problem = String(problem.type.prefix(100))
            refusal.detail = String(problem.detail.prefix(1000))
        }
        return refusal
    }
}
