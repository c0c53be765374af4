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
        var place: String?
        var body: JSONValue?
    }

    /// What a stream brings, one piece after the other.
    struct Stream: Sendable {
        var pieces: [String]
        /// Whether the stream then ends; otherwise it says nothing more.
        var ends = true
    }

    private let answers: Mutex<[String: [Answer]]>
    private let streams: Mutex<[String: [Stream]]>
    private let missed = Mutex<Set<String>>([])
    private let quiet = Quiet()
    private let received = Mutex<[Request]>([])
    private let failure: TransportError?
    /// How many answers there are for a request line.
    private let counts: [String: Int]

    /// The answers by request line (`GET /v1/environments`); the last of several answers is repeated.
    ///
    /// - Parameter streams: What goes on without end, by request line; each is used once.
    init(_ answers: [String: [Answer]], streams: [String: [Stream]] = [:]) {
        self.answers = Mutex(answers)
        self.streams = Mutex(streams)
        self.counts = answers.mapValues(\.count)
        self.failure = nil
    }

    /// A server whose answers never arrive.
    init(failing failure: TransportError) {
        self.answers = Mutex([:])
        self.streams = Mutex([:])
        self.counts = [:]
        self.failure = failure
    }

    convenience init(_ answers: [String: Answer], streams: [String: [Stream]] = [:]) {
        self.init(answers.mapValues { [$0] }, streams: streams)
    }

    /// Waits until the server has nothing new to say: a stream has fallen silent, or what has run out was asked for again.
    func untilQuiet() async { await self.quiet.wait() }

    var requests: [Request] { self.received.withLock(\.self) }
    var lines: [String] { self.requests.map(\.line) }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let line = try self.note(request)
        let isRepeated = self.lines.count { $0 == line } > self.counts[line, default: 1]
        if isRepeated, self.counts[line, default: 1] > 1 { self.quiet.come() }
        let answer = self.answers.withLock { answers -> Answer? in
            guard let queue = answers[line], let first = queue.first else { return nil }
            if queue.count > 1 { answers[line] = Array(queue.dropFirst()) }
            return first
        }
        guard let answer else { throw .unreachable("nobody answers \(line)") }
        return TransportResponse(status: answer.status, headers: answer.headers, body: answer.body)
    }

    func stream(
        _ request: TransportRequest, _ receive: ([UInt8]) async -> Bool
    ) async throws(TransportError) -> TransportResponse {
        let line = try self.note(request)
        let stream = self.streams.withLock { streams -> Stream? in
            guard let queue = streams[line], let first = queue.first else { return nil }
            streams[line] = Array(queue.dropFirst())
            return first
        }
        guard let stream else {
            guard let answer = self.answers.withLock({ $0[line]?.first }) else {
                // Asked for the second time: whoever asked knows by now.
                if self.missed.withLock({ $0.insert(line).inserted }) == false { self.quiet.come() }
                throw .unreachable("nobody streams \(line)")
            }
            return TransportResponse(status: answer.status, headers: answer.headers, body: answer.body)
        }
        for piece in stream.pieces {
            guard await receive(Array(piece.utf8)) else { return TransportResponse(status: 200, body: []) }
        }
        if !stream.ends {
            self.quiet.come()
            try? await Task.sleep(for: .seconds(3600))
        }
        return TransportResponse(status: 200, body: [])
    }

    private func note(_ request: TransportRequest) throws(TransportError) -> String {
        let path = request.url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
        let line = "\(request.method) \(path)"
        let authorization = request.headers.first { $0.name == "Authorization" }?.value
        let place = request.headers.first { $0.name == "Last-Event-ID" }?.value
        let body = request.body.flatMap { try? JSONParser.parse($0) }
        self.received.withLock {
            $0.append(Request(line: line, authorization: authorization, place: place, body: body))
        }
        if let failure = self.failure { throw failure }
        return line
    }
}
