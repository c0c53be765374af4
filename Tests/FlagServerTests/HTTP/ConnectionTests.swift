import ControlPlane
import FlagAPI
import FlagModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@testable import FlagServer

@Suite("A connection survives bad requests, or ends with an answer")
struct ConnectionTests {
    /// Sends bytes as they are and returns what comes back until the server closes.
    ///
    /// - Parameters:
    ///   - more: What is sent once an answer comes.
    ///   - ends: Whether the client says that it will send no more.
    static func exchange(
        _ api: TestAPI, _ text: String, then more: String? = nil, ends: Bool = false
    ) async throws -> String {
        let port = try #require(api.client.port)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            if ends { outbound.finish() }
            var answer = ByteBuffer()
            var rest = more
            for try await part in inbound {
                answer.writeImmutableBuffer(part)
                if let text = rest.take() { try await outbound.write(ByteBuffer(string: text)) }
            }
            return String(buffer: answer)
        }
    }

    /// The problem in an answer's bytes.
    static func problem(_ answer: String) throws -> Problem {
        let body = try #require(answer.components(separatedBy: "\r\n\r\n").last)
        return try WireDecoder(unknownMembers: .refuse).decode(Problem.self, from: Array(body.utf8))
    }

    @Test("A body of 20 MB is refused with 413, and the connection goes on")
    func survivesHugeBody() async throws {
        try await TestAPI.with(.live) { api in
            let huge = String(repeating: "x", count: 20 << 20)
            for path in ["/websocket/ticket", "/v1/environments/development/changesets"] {
                let token = path.hasPrefix("/v1") ? TestAPI.adminToken : api.jwt()
                let answer = try await api.send(.post, path, token: token, body: huge)
                #expect(answer.status == 413 && answer.problem?.type == "body-too-large")
                #expect(try await api.send(.get, "/healthz", token: nil).status == 200)
            }
        }
    }

    @Test("Header fields beyond the limit are refused with 431 as a problem")
    func refusesHugeHeaders() async throws {
        try await TestAPI.with(.live) { api in
            let header = "X-Long: " + String(repeating: "x", count: 40_000)
            let answer = try await Self.exchange(api, "GET /healthz HTTP/1.1\r\nHost: x\r\n\(header)\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 431 "))
            #expect(try Self.problem(answer).type == "headers-too-large")
        }
    }

    @Test("What is not HTTP is refused with 400 as a problem", arguments: ["hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"])
    func refusesGarbage(text: String) async throws {
        try await TestAPI.with(.live) { api in
            let answer = try await Self.exchange(api, text)
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(try Self.problem(answer).type == "request-malformed")
        }
    }

    @Test(
        "Half a request is not carried out, even if its half reads as a whole one",
        arguments: ["Content-Length: 100\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1d\r\n"])
    func ignoresHalfRequests(framing: String) async throws {
        try await TestAPI.with(.live) { api in
            try await api.rollOut(100)
            let head =
                "POST /v1/environments/development/rollback HTTP/1.1\r\nHost: x\r\n"
                + "Authorization: Bearer \(TestAPI.adminToken)\r\n" + framing
            let answer = try await Self.exchange(api, head + #"{"reason": "only half of it"}"# + "\r\n", ends: true)
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(try api.server.plane.head(of: "development").revision == 2)
        }
    }

    @Test(
        "A head that does not arrive whole in time is refused with 408",
        arguments: ["G", "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: 1"])
    func refusesSlowHeads(text: String) async throws {
        try await TestAPI.with(.live) { configuration in
            configuration.limits.receiveTimeout = .milliseconds(200)
        } _: { api in
            let answer = try await Self.exchange(api, text)
            #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
            #expect(try Self.problem(answer).type == "request-timeout")
        }
    }

    @Test("A second request whose head is slow does not spoil the first one's answer")
    func answersBeforeSlowHeads() async throws {
        try await TestAPI.with(.live) { configuration in
            configuration.limits.receiveTimeout = .milliseconds(200)
        } _: { api in
            let answer = try await Self.exchange(
                api, "\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n\r\n", then: "GET /he")
            #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("HTTP/1.1 408 "), "\(answer)")
        }
    }

    @Test(
        "HTTP/1.1 needs one Host, and only one",
        arguments: ["", "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n"])
    func needsHost(fields: String) async throws {
        try await TestAPI.with(.live) { api in
            let answer = try await Self.exchange(api, "GET /healthz HTTP/1.1\r\n\(fields)\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(try Self.problem(answer).detail.contains("Host"))
        }
    }

    @Test("HTTP/1.0 needs no Host, and its connection ends with the answer")
    func closesHTTP10() async throws {
        try await TestAPI.with(.live) { api in
            let answer = try await Self.exchange(api, "GET /healthz HTTP/1.0\r\n\r\n")
            #expect(answer.split(separator: " ").dropFirst().first == "200", "\(answer)")
        }
    }

    @Test("A request that does not arrive whole in time is refused with 408")
    func refusesSlowRequests() async throws {
        try await TestAPI.with(.live) { configuration in
            configuration.limits.receiveTimeout = .milliseconds(200)
        } _: { api in
            let head = "POST /websocket/ticket HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(api.jwt())\r\n"
            let answer = try await Self.exchange(api, head + "Content-Length: 100\r\n\r\n{")
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(try Self.problem(answer).type == "request-timeout")
        }
    }
}
