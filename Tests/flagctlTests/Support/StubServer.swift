import FlagAPI
import FlagModel
import Synchronization

@testable import flagctl

/// Answers requests from a table, and remembers them.
final class StubServer: Transport {
    /// What a request gets.
    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        init(_ value: some Encodable, status: Int = 200, headers: [String: String] = [:]) {
            self.status = status
            self.headers = headers
            self.body = (try? WireEncoder.encode(value)) ?? []
        }

        init(text: String, status: Int) {
            self.status = status
            self.headers = [:]
            self.body = Array(text.utf8)
        }

        static func problem(
            _ type: String, _ status: Int, _ detail: String, _ edit: (inout Problem) -> Void = { _ in }
        ) -> Self {
            var problem = Problem(type: type, title: type, status: status, detail: detail)
            edit(&problem)
            return Self(problem, status: status)
        }
    }

    /// One request.
    struct Request: Sendable {
        var line: String
        var authorization: String?
        var body: JSONValue?
    }

    private let answers: Mutex<[String: [Answer]]>
    private let received = Mutex<[Request]>([])
    private let failure: TransportError?

    /// The answers by request line (`GET /v1/environments`); the last of several answers is repeated.
    init(_ answers: [String: [Answer]]) {
        self.answers = Mutex(answers)
        self.failure = nil
    }

    /// A server whose answers never arrive.
    init(failing failure: TransportError) {
        self.answers = Mutex([:])
        self.failure = failure
    }

    convenience init(_ answers: [String: Answer]) {
        self.init(answers.mapValues { [$0] })
    }

    var requests: [Request] { self.received.withLock(\.self) }
    var lines: [String] { self.requests.map(\.line) }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let path = request.url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
        let line = "\(request.method) \(path)"
        let authorization = request.headers.first { $0.name == "Authorization" }?.value
        let body = request.body.flatMap { try? JSONParser.parse($0) }
        self.received.withLock { $0.append(Request(line: line, authorization: authorization, body: body)) }
        if let failure = self.failure { throw failure }
        let answer = self.answers.withLock { answers -> Answer? in
            guard let queue = answers[line], let first = queue.first else { return nil }
            if queue.count > 1 { answers[line] = Array(queue.dropFirst()) }
            return first
        }
        guard let answer else { throw .unreachable("nobody answers \(line)") }
        return TransportResponse(status: answer.status, headers: answer.headers, body: answer.body)
    }
}
