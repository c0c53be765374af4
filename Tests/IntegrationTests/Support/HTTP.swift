import AsyncHTTPClient
import FlagModel
import NIOCore
import NIOHTTP1

/// A method of HTTP.
enum Method: String {
    case GET, POST, PUT, PATCH, DELETE
}

/// An answer, read whole.
struct Answer {
    var status: Int
    var body: String
    private let headers: HTTPHeaders

    init(status: Int, headers: HTTPHeaders, body: String) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    func header(_ name: String) -> String? { self.headers.first(name: name) }

    /// The body as JSON; null when it is none.
    var json: JSONValue {
        do {
            return try JSONParser.parse(self.body)
        } catch {
            return .null
        }
    }
}

/// A program that answers HTTP.
protocol Addressed {
    /// `http://127.0.0.1:` and the port.
    var address: String { get }
}

extension RunningServer: Addressed {}

extension Addressed {
    /// Sends one request and reads the whole answer.
    func request(
        _ method: Method, _ path: String, token: String? = RunningServer.adminToken, json: JSONValue? = nil,
        body: String? = nil, headers: [(String, String)] = []
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: self.address + path)
        request.method = HTTPMethod(rawValue: method.rawValue)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let text = json?.canonical ?? body {
            if request.headers["Content-Type"].isEmpty {
                request.headers.add(name: "Content-Type", value: "application/json")
            }
            request.body = .bytes(ByteBuffer(string: text))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let data = try await response.body.collect(upTo: 64 << 20)
        return Answer(status: Int(response.status.code), headers: response.headers, body: String(buffer: data))
    }
}
