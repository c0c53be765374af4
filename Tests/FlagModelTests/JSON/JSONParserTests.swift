import FlagModel
import Testing

@Suite("JSON that is JSON is read")
struct JSONParserTests {
    @Test(
        "Documents are read as what they spell",
        arguments: [
            ("null", nil), ("true", true), ("false", false), ("0", 0), ("-0", 0), ("1", 1), ("-1", -1),
            (" \t\r\n1 \t\r\n", 1), ("\"\"", ""), ("\"a\"", "a"), ("[]", []), ("[ ]", []), ("{}", [:]), ("{ }", [:]),
            ("[1,2]", [1, 2]), ("[ 1 , 2 ]", [1, 2]), ("[[],[[]]]", [[], [[]]]),
            ("{\"a\":1,\"b\":{\"c\":[null]}}", ["a": 1, "b": ["c": [nil]]]), ("{\"\":0}", ["": 0]),
            ("{ \"a\" : 1 , \"b\" : 2 }", ["a": 1, "b": 2]), ("{\"a\\u0062\":1}", ["ab": 1]),
        ] as [(String, JSONValue)])
    func documents(text: String, expected: JSONValue) throws {
        #expect(try JSONParser.parse(text) == expected)
    }

    @Test(
        "Numbers keep their value",
        arguments: [
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("0.5", 0.5), ("-0.5", -0.5),
            ("123.456e3", .number(123_456)), ("1E5", .number(100_000)), ("1e+2", .number(100)), ("1e-2", 0.01),
            ("0e1", .number(0)), ("0e+1", .number(0)), ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
            ("5e-324", .number(.leastNonzeroMagnitude)), ("1e-400", .number(0)),
            ("-0.0", .number(-0.0)), ("20e1", .number(200)), ("1.0", .number(1)),
        ] as [(String, JSONValue)])
    func numbers(text: String, expected: JSONValue) throws {
        #expect(try JSONParser.parse(text) == expected)
    }

    @Test("Whole numbers are exact to the last digit of 64 bits")
    func exactIntegers() throws {
        #expect(try JSONParser.parse("9007199254740993").integerValue == 9_007_199_254_740_993)
    }

    @Test(
        "Strings keep their characters",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "A\u{E9}€"),
            (#""\ud83d\ude00""#, "😀"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\u0000""#, "\u{0}"),
            (#""\uFFFF""#, "\u{FFFF}"), ("\"\u{7F}é€😀\u{2028}\u{FEFF}\"", "\u{7F}é€😀\u{2028}\u{FEFF}"),
            (#""e\u0301""#, "e\u{301}"),
        ])
    func strings(text: String, expected: String) throws {
        let parsed = try JSONParser.parse(text).stringValue
        #expect(parsed.map { Array($0.utf8) } == Array(expected.utf8))
    }

    @Test("Nesting is read down to the limit and not below it")
    func depth() throws {
        let limit = JSONParser.defaultMaximumDepth
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONParser.parse(nested(limit)) }
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(nested(limit + 1)) }
        #expect(throws: Never.self) { try JSONParser.parse("[[1]]", maximumDepth: 2) }
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse("[{\"a\":[]}]", maximumDepth: 2) }
    }

    @Test("A document of a hundred thousand open brackets is refused without harm")
    func bomb() {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(String(repeating: "[", count: 100_000)) }
        #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse(String(repeating: "{\"a\":", count: 100_000))
        }
    }

    @Test("A megabyte of members, elements and text is read in one pass")
    func megabyte() throws {
        let members = (0..<20_000).map { "\"member-number-\($0)\":[\($0),\"text\"]" }.joined(separator: ",")
        let document = try JSONParser.parse("{\(members),\"long\":\"\(String(repeating: "é", count: 200_000))\"}")
        #expect(document.objectValue?.count == 20_001)
        #expect(document["member-number-19999"] == [19_999, "text"])
        #expect(document["long"]?.stringValue?.utf8.count == 400_000)
    }
}
