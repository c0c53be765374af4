import FlagModel
import HTTPTypes
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import Testing

@testable import FlagServer

@Suite("A bad OFREP request is answered in the protocol's own shape, and the next good one as ever")
struct OFREPRefusalTests {
    /// Sends a bad body to both routes, expects the same failure, and then a good answer.
    static func expect(
        _ status: Int, _ code: JSONValue, for body: String, type: String? = nil, naming part: String = ""
    ) async throws {
        try await OFREPFixture.with { server in
            for path in [OFREPFixture.path + "/switch", OFREPFixture.path] {
                var headers: HTTPFields = [:]
                headers[.contentType] = type
                let answer = try await server.api.send(
                    .post, path, token: server.token, body: body, headers: headers)
                let place = "\(path): \(answer.text.prefix(300))"
                #expect(answer.status == status && answer.body["errorCode"] == code, "\(place)")
                #expect(answer.headers[.contentType] == "application/json", "\(place)")
                #expect(answer.body["key"] == (path == OFREPFixture.path ? nil : "switch"), "\(place)")
                let details = try #require(answer.body["errorDetails"]?.stringValue, "\(place)")
                #expect(details.contains(part), "\(place)")
                #expect(Set((answer.body.objectValue ?? [:]).keys).isSubset(of: ["key", "errorCode", "errorDetails"]))
            }
            try await server.expectGoodAnswer()
        }
    }

    @Test(
        "What is not JSON is PARSE_ERROR, with the place",
        arguments: [
            "", " ", "{", #"{"context":"#, "nonsense", "{} {}", #"{"context":{"a":NaN}}"#,
            #"{"context":{"a":Infinity}}"#, #"{"context":{"a":1e999}}"#, #"{"context":{"a":1,"a":2}}"#,
            #"{"context":{},"context":{}}"#, #"{"context":{"a":"\ud800"}}"#, "{'context':{}}",
            #"{"context":{"a":01}}"#, "{\"context\":{\"a\":\"\u{0}\"}}", "\u{FEFF}{}",
        ])
    func refusesOtherText(body: String) async throws {
        try await Self.expect(400, "PARSE_ERROR", for: body, naming: "line 1, column ")
    }

    @Test("An empty key names no flag, and does not ask for all of them", arguments: ["/", "//"])
    func refusesEmptyKey(ending: String) async throws {
        try await OFREPFixture.with { server in
            for base in ["", "/environments/development"] {
                let answer = try await server.api.send(
                    .post, base + OFREPFixture.path + ending, token: server.token, json: [:])
                #expect(answer.status == 404 && answer.body["errorCode"] == "FLAG_NOT_FOUND", "\(answer.text)")
                #expect(answer.body["key"] == "")
            }
        }
    }

    @Test("A key that cannot be one is named as it was meant, not as the path spells it")
    func namesKey() async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single("caf%C3%A9%20bar")
            #expect(answer.status == 404 && answer.body["key"] == "café bar", "\(answer.text)")
        }
    }

    @Test(
        "JSON that is no object is PARSE_ERROR",
        arguments: ["[]", "null", "true", "3", #""context""#, #"[{"context":{}}]"#])
    func refusesOtherJSON(body: String) async throws {
        try await Self.expect(400, "PARSE_ERROR", for: body, naming: #"{"context": {…}}"#)
    }

    @Test(
        "A context that is no object is INVALID_CONTEXT",
        arguments: [#"{"context":[]}"#, #"{"context":"ada"}"#, #"{"context":3}"#, #"{"context":false}"#])
    func refusesOtherContexts(body: String) async throws {
        try await Self.expect(400, "INVALID_CONTEXT", for: body, naming: "context: expected an object")
    }

    @Test(
        "A targeting key that is no string is INVALID_CONTEXT",
        arguments: ["3", "true", "[]", "{}", #"["ada"]"#, "1.5"])
    func refusesOtherKeys(key: String) async throws {
        try await Self.expect(
            400, "INVALID_CONTEXT", for: #"{"context":{"targetingKey":\#(key)}}"#, naming: "context.targetingKey")
    }

    @Test("A context 100 levels deep is PARSE_ERROR, as is one that never ends", arguments: [100, 300_000])
    func refusesDeepContexts(depth: Int) async throws {
        let open = #"{"context":{"a":"# + String(repeating: "[", count: depth)
        let text = depth > 100 ? open : open + String(repeating: "]", count: depth) + "}}"
        try await Self.expect(400, "PARSE_ERROR", for: text, naming: "nested deeper than 64 levels")
    }

    @Test("A context of 1 MB is answered, one beyond 1 MiB is 413")
    func limitsContexts() async throws {
        let large = #"{"context":{"a":""# + String(repeating: "x", count: 1_000_000) + #""}}"#
        try await OFREPFixture.with { server in
            let answer = try await server.api.send(
                .post, OFREPFixture.path + "/switch", token: server.token, body: large)
            #expect(answer.status == 200 && answer.body["value"] == true)
        }
        let huge = #"{"context":{"a":""# + String(repeating: "x", count: 1 << 20) + #""}}"#
        try await Self.expect(413, "GENERAL", for: huge, naming: "1048576 bytes")
    }

    @Test(
        "A body that says it is something else than JSON is PARSE_ERROR", arguments: ["text/plain", "x", "text/json"])
    func refusesOtherTypes(type: String) async throws {
        try await Self.expect(400, "PARSE_ERROR", for: "{}", type: type, naming: "Content-Type: application/json")
    }

    @Test("Bytes that are not UTF-8 are PARSE_ERROR")
    func refusesInvalidUTF8() async throws {
        try await OFREPFixture.with { server in
            for bytes: [UInt8] in [
                [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80],
            ] {
                let body = Array(#"{"context":{"a":""#.utf8) + bytes + Array(#""}}"#.utf8)
                let answer = try Answer(
                    await server.api.client.executeRequest(
                        uri: OFREPFixture.path + "/switch", method: .post,
                        headers: [.authorization: "Bearer \(server.token)", .contentType: "application/json"],
                        body: ByteBuffer(bytes: body)))
                #expect(answer.status == 400 && answer.body["errorCode"] == "PARSE_ERROR", "\(answer.text)")
            }
            try await server.expectGoodAnswer()
        }
    }

    @Test(
        "A flag that there is not, and what cannot be a flag's key, is 404",
        arguments: ["swich", "SWITCH", "%20", "a%2Fb", "%ZZ", "%FF", "a%00b", "é", "..%2f..%2fetc", "switch%20"])
    func refusesUnknownFlags(key: String) async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single(key)
            #expect(answer.status == 404 && answer.body["errorCode"] == "FLAG_NOT_FOUND", "\(answer.text)")
            #expect(answer.body["errorDetails"]?.stringValue?.isEmpty == false)
            #expect(answer.body["key"] == .string(key.percentDecoded ?? key))
        }
    }

    @Test("A key of 10,000 characters is 404, and is not repeated whole")
    func refusesHugeKeys() async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single(String(repeating: "k", count: 10_000))
            #expect(answer.status == 404 && answer.body["errorCode"] == "FLAG_NOT_FOUND")
            #expect(answer.text.count < 400)
            try await server.expectGoodAnswer()
        }
    }

    @Test(
        "Another method is 405 with the one that is possible",
        arguments: [HTTPRequest.Method.get, .head, .put, .delete])
    func refusesOtherMethods(method: HTTPRequest.Method) async throws {
        try await OFREPFixture.with { server in
            for base in ["", "/environments/development"] {
                for path in [OFREPFixture.path, OFREPFixture.path + "/switch"] {
                    let answer = try await server.api.send(method, base + path, token: server.token)
                    #expect(answer.status == 405 && answer.headers[.allow] == "POST", "\(method) \(base + path)")
                    if method != .head { #expect(answer.body["errorCode"] == "GENERAL", "\(answer.text)") }
                }
            }
            try await server.expectGoodAnswer()
        }
    }

    @Test("A rule that fails is 400 for the flag, and an item like the others in bulk")
    func reportsFailedRules() async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single("confused", ["variant": "nowhere"])
            #expect(answer.status == 400 && answer.body["errorCode"] == "GENERAL" && answer.body["key"] == "confused")
            #expect(answer.body["errorDetails"]?.stringValue?.contains("nowhere") == true)
            #expect(try await server.bulk(["variant": "nowhere"]).status == 200)
        }
    }

    @Test("The server's own faults are told without a code, and with the time to wait if there is one")
    func reportsFaults() async throws {
        let fault = Refusal.internal(requestID: "7").ofrepResponse(key: "switch")
        #expect(fault.status == .internalServerError)
        var busy = Refusal(.shuttingDown, "ask again")
        busy.retry(afterSeconds: 3)
        let response = busy.ofrepResponse(key: nil)
        #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "3")
        #expect(OFREPFailure(key: nil, code: nil, details: "x").json == #"{"errorDetails":"x"}"#)
    }

    @Test("Random bodies never get more than a refusal")
    func survivesNoise() async throws {
        try await OFREPFixture.with { server in
            let parts = [
                "{", "}", "[", "]", "\"context\"", ":", ",", "\"targetingKey\"", "\"ada\"", "null", "1e5", "-",
                "\\u0000", " ",
            ]
            var state: UInt64 = 7
            for _ in 0..<400 {
                var body = ""
                for _ in 0..<12 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    body += parts[Int(state >> 33) % parts.count]
                }
                let answer = try await server.api.send(
                    .post, OFREPFixture.path + "/switch", token: server.token, body: body)
                #expect([200, 400].contains(answer.status), "\(body): \(answer.text)")
            }
            try await server.expectGoodAnswer()
        }
    }
}
