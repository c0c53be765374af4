import FlagAPI
import FlagModel
import Testing

@Suite("Decoding wire types")
struct WireDecoderTests {
    struct Inner: Codable, Equatable {
        var count: Int
        var ratio: Double?
    }

    struct Outer: Codable, Equatable {
        enum Word: String, Codable { case yes, no }
        var name: String
        var isOn: Bool?
        var inner: Inner?
        var list: [Inner]?
        var table: [String: Inner]?
        var small: UInt8?
        var word: Word?
        var anything: JSONValue?
    }

    private let strict = WireDecoder(unknownMembers: .refuse)

    private func issues(_ text: String, _ decoder: WireDecoder? = nil) throws -> [String] {
        do {
            _ = try (decoder ?? self.strict).decode(Outer.self, from: Array(text.utf8))
            return []
        } catch let error as InvalidDocument {
            return error.issues.map(\.description)
        }
    }

    @Test("What is there is read, what is optional may be absent or null")
    func reading() throws {
        let text = #"""
            {"name":"n","isOn":true,"inner":{"count":1,"ratio":0.5},"list":[{"count":2}],"table":{"a":{"count":3,"ratio":null}},
             "small":255,"word":"yes","anything":{"deep":[1,{"x":null}]}}
            """#
        #expect(
            try self.strict.decode(Outer.self, from: Array(text.utf8))
                == Outer(
                    name: "n", isOn: true, inner: Inner(count: 1, ratio: 0.5), list: [Inner(count: 2)],
                    table: ["a": Inner(count: 3)], small: 255, word: .yes, anything: ["deep": [1, ["x": nil]]]))
        #expect(try self.strict.decode(Outer.self, from: Array(#"{"name":"n","isOn":null}"#.utf8)) == Outer(name: "n"))
    }

    @Test("A whole number is an integer however it is written, and an integer a number")
    func numbers() throws {
        let inner = try self.strict.decode(Inner.self, from: Array(#"{"count":3.0,"ratio":2}"#.utf8))
        #expect(inner == Inner(count: 3, ratio: 2))
    }

    @Test(
        "Unknown members are refused with their place and the nearest known name",
        arguments: [
            (#"{"name":"n","isON":true}"#, #"isON: unknown member; did you mean "isOn"?"#),
            (#"{"name":"n","inner":{"count":1,"ration":2}}"#, #"inner.ration: unknown member; did you mean "ratio"?"#),
            (
                #"{"name":"n","list":[{"count":1},{"count":1,"cuont":2}]}"#,
                #"list[1].cuont: unknown member; did you mean "count"?"#
            ),
            (
                #"{"name":"n","table":{"k":{"count":1,"zebra":2}}}"#,
                "table.k.zebra: unknown member; known are count, ratio"
            ),
            (
                #"{"name":"n","table":{"0":{"count":1,"zebra":2}}}"#,
                "table.0.zebra: unknown member; known are count, ratio"
            ),
        ])
    func unknown(text: String, issue: String) throws {
        #expect(try self.issues(text) == [issue])
    }

    @Test("All unknown members are told at once, and a hundred at most one by one")
    func allUnknown() throws {
        #expect(
            try self.issues(#"{"name":"n","x":1,"inner":{"count":1,"y":2}}"#).map { $0.prefix(8) } == [
                "x: unkno", "inner.y:",
            ])
        let members = (0..<5000).map { "\"member-\($0)\":0" }.joined(separator: ",")
        let issues = try self.issues("{\"name\":\"n\",\(members)}")
        #expect(issues.count == 101)
        #expect(issues.last == "4900 more unknown members")
    }

    @Test("What is free JSON has no unknown members")
    func freeJSON() throws {
        #expect(try self.issues(#"{"name":"n","anything":{"what":{"ever":1}}}"#).isEmpty)
        #expect(try self.issues(#"{"name":"n","table":{"any":{"count":1},"key":{"count":2}}}"#).isEmpty)
    }

    @Test("Where a newer server may say more, unknown members are passed over")
    func ignored() throws {
        let lenient = WireDecoder(unknownMembers: .ignore)
        #expect(try self.issues(#"{"name":"n","new":1,"inner":{"count":1,"new":[]}}"#, lenient).isEmpty)
        #expect(try self.issues(#"{"new":1}"#, lenient) == ["name: is missing"])
    }

    @Test(
        "A value of the wrong type is told with its place",
        arguments: [
            (#"{"name":1}"#, "name: expected a string, found an integer"),
            (#"{"name":"n","isOn":"true"}"#, "isOn: expected a boolean, found a string"),
            (#"{"name":"n","isOn":1}"#, "isOn: expected a boolean, found an integer"),
            (#"{"name":"n","inner":[]}"#, "inner: expected an object, found an array"),
            (#"{"name":"n","inner":{"count":1.5}}"#, "inner.count: expected an integer, found a number"),
            (#"{"name":"n","inner":{"count":"1"}}"#, "inner.count: expected an integer, found a string"),
            (#"{"name":"n","inner":{"count":null}}"#, "inner.count: expected an integer, found null"),
            (#"{"name":"n","list":{}}"#, "list: expected an array, found an object"),
            (#"{"name":"n","list":[{"count":1},2]}"#, "list[1]: expected an object, found an integer"),
            (#"{"name":"n","table":{"k":3}}"#, "table.k: expected an object, found an integer"),
            (#"{"name":"n","small":256}"#, "small: 256 is out of range"),
            (#"{"name":"n","small":-1}"#, "small: -1 is out of range"), ("[]", "expected an object, found an array"),
            ("null", "expected an object, found null"),
            (#"{"name":null}"#, "name: expected a string, found null"),
        ])
    func wrongType(text: String, issue: String) throws {
        #expect(try self.issues(text) == [issue])
    }

    @Test("A word that the type does not have is refused with its place")
    func wrongWord() throws {
        let issue = try #require(try self.issues(#"{"name":"n","word":"maybe"}"#).first)
        #expect(issue.hasPrefix("word: ") && issue.contains("maybe"))
    }

    @Test("A member that is missing because it is misspelt is told with the misspelling")
    func missing() throws {
        #expect(try self.issues("{}") == ["name: is missing"])
        #expect(try self.issues(#"{"nmae":"n"}"#) == [#"name: is missing; is "nmae" a slip for it?"#])
        #expect(
            try self.issues(#"{"name":"n","list":[{"cout":1}]}"#) == [
                #"list[0].count: is missing; is "cout" a slip for it?"#
            ])
    }

    @Test("A text that is no JSON, or has a key twice, is told with its line")
    func syntax() throws {
        for text in ["{\"name\":\"n\"", #"{"name":"n","name":"m"}"#, "", "{\"name\":\"\u{1}\"}"] {
            #expect(throws: JSONSyntaxError.self) { try self.strict.decode(Outer.self, from: Array(text.utf8)) }
        }
    }

    @Test("A change within a request is told with its place in the request")
    func nestedDocument() throws {
        let text = #"""
            {"baseRevision":1,"reason":"r","changes":[{"op":"kill","flag":"A"},{"op":"rollout","flag":"B","percentge":5}]}
            """#
        let error = try #require(throws: InvalidDocument.self) {
            try self.strict.decode(ChangesetRequest.self, from: Array(text.utf8))
        }
        #expect(
            Set(error.issues.map(\.path)) == ["changes[1].percentage", "changes[1].percentge"])
    }

    @Test("Names and times are checked, with their place")
    func names() throws {
        let text = #"{"name":"ci","role":"admin","environments":["production","Staging"]}"#
        let error = try #require(throws: InvalidDocument.self) {
            try self.strict.decode(TokenCreateRequest.self, from: Array(text.utf8))
        }
        #expect(error.issues.map(\.path) == ["environments[1]"])
        #expect(error.description.contains("not a name of an environment"))
    }

    @Test("A context of fifty thousand attributes decodes in good time")
    func large() throws {
        let members = (0..<50_000).map { "\"attribute-\($0)\":[\($0)]" }.joined(separator: ",")
        let text = Array("{\"context\":{\(members)}}".utf8)
        let start = ContinuousClock.now
        #expect(try self.strict.decode(EvaluateRequest.self, from: text).context?.count == 50_000)
        #expect(ContinuousClock.now - start < .seconds(10))
    }
}
