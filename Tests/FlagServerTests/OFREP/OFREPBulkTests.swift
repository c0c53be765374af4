import ControlPlane
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("OFREP answers for all flags")
struct OFREPBulkTests {
    /// The answer for one flag in a bulk answer.
    static func flag(_ key: JSONValue, in answer: Answer) -> JSONValue? {
        answer.body["flags"]?.arrayValue?.first { $0["key"] == key }
    }

    @Test("Every flag is in it as in its own answer, disabled and failed ones too")
    func holdsEveryFlag() async throws {
        try await OFREPFixture.with { server in
            let context: JSONValue = ["targetingKey": "ada", "email": "ada@example.com", "variant": "nowhere"]
            let bulk = try await server.bulk(context)
            #expect(bulk.status == 200)
            let keys = bulk.body["flags"]?.arrayValue?.compactMap { $0["key"]?.stringValue } ?? []
            let all = try server.api.server.plane.snapshot(of: "development").content.flags.keys.map(\.text).sorted()
            #expect(keys == all)
            for key in OFREPFixture.definitions.map(\.key) {
                let single = try await server.single(key, context)
                #expect(Self.flag(.string(key), in: bulk) == single.body, "\(key)")
            }
            #expect(Self.flag("off", in: bulk) == ["key": "off", "reason": "DISABLED", "variant": ""])
            #expect(Self.flag("confused", in: bulk)?["errorCode"] == "GENERAL")
        }
    }

    @Test("It says where to hear of changes, without any credential")
    func announcesEvents() async throws {
        try await OFREPFixture.with { server in
            let bulk = try await server.bulk()
            #expect(
                bulk.body["eventStreams"] == [
                    [
                        "type": "sse", "inactivityDelaySec": 120,
                        "endpoint": ["requestUri": "/ofrep/v1/environments/development/events"],
                    ]
                ])
            #expect(!bulk.text.contains(server.token))
        }
    }

    @Test("A client that has the answer gets 304, however it says so")
    func answersNotModified() async throws {
        try await OFREPFixture.with { server in
            let context: JSONValue = ["targetingKey": "ada"]
            let tag = try #require(try await server.bulk(context).headers[.eTag])
            #expect(tag.count == 66 && tag.hasPrefix("\"") && tag.hasSuffix("\""))
            for condition in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let answer = try await server.bulk(context, ifNoneMatch: condition)
                #expect(answer.status == 304 && answer.text.isEmpty, "\(condition)")
                #expect(answer.headers[.eTag] == tag)
                #expect(answer.headers[.contentType] == nil)
            }
            #expect(try await server.bulk(context, ifNoneMatch: "\"other\"").status == 200)
        }
    }

    @Test("Another context whose answers differ has another tag")
    func tagsContexts() async throws {
        try await OFREPFixture.with { server in
            let outside = try await server.bulk(["email": "ada@example.org"])
            let inside = try await server.bulk(
                ["email": "ada@example.com"], ifNoneMatch: try #require(outside.headers[.eTag]))
            #expect(inside.status == 200 && inside.headers[.eTag] != outside.headers[.eTag])
            #expect(Self.flag("insiders", in: inside)?["value"] == true)
            let again = try await server.bulk(["email": "ada@example.org"])
            #expect(again.headers[.eTag] == outside.headers[.eTag], "nothing in it varies from request to request")
        }
    }

    @Test("A change that alters no answer for the context leaves the tag, one that does changes it")
    func followsChanges() async throws {
        try await OFREPFixture.with { server in
            let before = try #require(try await server.bulk().headers[.eTag])
            try await server.api.commit([["op": "set", "flag": "retries", "value": 4]])
            let changed = try await server.bulk(ifNoneMatch: before)
            #expect(changed.status == 200 && Self.flag("retries", in: changed)?["value"] == 4)
            try await server.api.commit([["op": "set", "flag": "retries", "value": 3]])
            #expect(try await server.bulk(ifNoneMatch: before).status == 304)
        }
    }

    @Test("The environment's metadata is in it, and in each flag's answer where the flag has none of that name")
    func handsMetadataOn() async throws {
        try await OFREPFixture.with { server in
            let before = try await server.bulk()
            #expect(before.body["metadata"] == nil)
            let applied = try await server.api.send(
                .post, "/v1/environments/development/apply",
                json: [
                    "reason": "test",
                    "document": ["environment": "development", "metadata": ["team": "platform", "region": "eu"]],
                ])
            #expect(applied.status == 200, "\(applied.text)")
            let bulk = try await server.bulk()
            #expect(bulk.body["metadata"] == ["team": "platform", "region": "eu"])
            let own: JSONValue = ["team": "web", "level": 2, "beta": true, "region": "eu"]
            #expect(Self.flag("greeting", in: bulk)?["metadata"] == own)
            #expect(Self.flag("switch", in: bulk)?["metadata"] == ["team": "platform", "region": "eu"])
            let off = try await server.single("off")
            #expect(off.body["metadata"] == ["team": "platform", "region": "eu"])
        }
    }

    @Test("A flag whose prerequisite is not fulfilled answers its safe variant")
    func heedsPrerequisites() async throws {
        try await OFREPFixture.with { server in
            let definition: JSONValue = [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "on",
                "safeVariant": "off", "prerequisites": [["flag": "insiders", "variant": "on"]],
            ]
            let answer = try await server.api.commit([["op": "put", "flag": "dependent", "definition": definition]])
            #expect(answer.status == 200, "\(answer.text)")
            let outside = try await server.bulk(["email": "ada@example.org"])
            #expect(Self.flag("dependent", in: outside)?["value"] == false)
            let inside = try await server.bulk(["email": "ada@example.com"])
            #expect(Self.flag("dependent", in: inside)?["value"] == true)
        }
    }

    @Test("After an event of another snapshot there is no 304, after one of the snapshot in force there is")
    func heedsEvents() async throws {
        try await OFREPFixture.with { server in
            let tag = try #require(try await server.bulk().headers[.eTag])
            let digest = try server.api.server.plane.snapshot(of: "development").digest
            let same = try await server.bulk(
                query: "?flagConfigEtag=%22\(digest)%22&flagConfigLastModified=1771622898", ifNoneMatch: tag)
            #expect(same.status == 304)
            for other in ["%22\(String(digest.reversed()))%22", "%22%22", "", "x"] {
                let answer = try await server.bulk(query: "?flagConfigEtag=\(other)", ifNoneMatch: tag)
                #expect(answer.status == 200 && answer.headers[.eTag] == tag, "\(other)")
            }
        }
    }
}
