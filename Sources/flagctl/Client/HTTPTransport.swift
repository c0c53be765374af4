import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// HTTP over sockets.
struct HTTPTransport: Transport {
    /// The most bytes that an answer may have: 64 MiB.
    static let limit = 64 << 20

    /// How long a stream may be silent, in seconds: servers send something every few.
    static let longestSilence: Int64 = 60

    /// Made with the first request, and ended with the process: there is no later moment for a command to close it.
    private static let client = HTTPClient(configuration: Self.configuration)

    /// For answers that go on.
    private static let streams: HTTPClient = {
        var configuration = Self.configuration
        configuration.timeout.read = .seconds(Self.longestSilence)
        return HTTPClient(configuration: configuration)
    }()

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        // A redirect would carry the token elsewhere.
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        // Says at once that nobody listens, rather than trying until the time is up.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let outcome = await withTaskGroup(of: Result<TransportResponse, TransportError>?.self) { group in
            group.addTask { await Self.exchange(request) }
            group.addTask {
                do {
                    try await Task.sleep(for: request.timeout)
                    return .failure(.timedOut)
                } catch {
                    return nil
                }
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        return try (outcome ?? .failure(.timedOut)).get()
    }

    func stream(
        _ request: TransportRequest, _ receive: ([UInt8]) async -> Bool
    ) async throws(TransportError) -> TransportResponse {
        do {
            // The deadline is that of the answer's head: the body is read after it has passed.
            let incoming = try await Self.streams.execute(
                Self.outgoing(request), timeout: .init(request.timeout))
            guard (200..<300).contains(incoming.status.code) else {
                return Self.response(incoming, try await incoming.body.collect(upTo: Self.limit))
            }
            for try await part in incoming.body {
                guard await receive(Array(buffer: part)) else { break }
            }
            return Self.response(incoming, ByteBuffer())
        } catch {
            throw TransportError(error)
        }
    }

    private static func exchange(_ request: TransportRequest) async -> Result<TransportResponse, TransportError> {
        do {
            let incoming = try await Self.client.execute(Self.outgoing(request), timeout: .init(request.timeout))
            return .success(Self.response(incoming, try await incoming.body.collect(upTo: Self.limit)))
        } catch {
            return .failure(TransportError(error))
        }
    }

    private static func outgoing(_ request: TransportRequest) -> HTTPClientRequest {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for field in request.headers { outgoing.headers.add(name: field.name, value: field.value) }
        if let body = request.body { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
        return outgoing
    }

    private static func response(_ incoming: HTTPClientResponse, _ body: ByteBuffer) -> TransportResponse {
        let fields = incoming.headers.map { ($0.name.lowercased(), $0.value) }
        return TransportResponse(
            status: Int(incoming.status.code), headers: Dictionary(fields) { $1 }, body: Array(buffer: body))
    }
}

extension TransportError {
    fileprivate init(_ error: any Error) {
        let slow: [HTTPClientError] = [.deadlineExceeded, .connectTimeout, .readTimeout, .getConnectionFromPoolTimeout]
        switch error {
        case let error as HTTPClientError where slow.contains(error): self = .timedOut
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            self = .unreachable("it closed the connection without an answer")
        case is NIOTooManyBytesError: self = .tooLarge(limit: HTTPTransport.limit)
        case let error as IOError: self = .unreachable(Self.reason(in: error.description))
        default: self = .unreachable(Self.reason(in: String(describing: error)))
        }
    }

    /// The system's words within an error's description, which otherwise lists every attempt with its address.
    private static func reason(in description: String) -> String {
        if let match = description.firstMatch(of: #/: ([A-Z][^:()]*)\)? \(errno: \d+\)/#) {
            return String(match.1).lowercased()
        }
        let known = [
            "UnknownHost": "there is no such host",
            "WRONG_VERSION_NUMBER": "it does not speak TLS; is it http rather than https?",
            "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted here",
        ]
        return known.first { description.contains($0.key) }?.value ?? String(description.prefix(200))
    }
}
