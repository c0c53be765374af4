import FlagModel
import Testing

@Suite("JSON that is not JSON is refused")
struct JSONParserRefusalTests {
    @Test(
        "Broken structure",
        arguments: [
            "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1,,2]", "{\"a\"}", "{\"a\":}",
            "{\"a\":1,}", "{,}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "[1}",
            "{\"a\":1]",
            "1 2", "[] []", "[]x", "{}}", "nul", "nulL", "True", "tru", "undefined", "NaN", "Infinity", "-Infinity",
            "*", "//",
            "/* c */ 1", "1 // c", "\u{FEFF}1", "\u{A0}1", "[\u{0C}]", "[\u{0}]", "\u{0}",
        ])
    func structure(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
    }

    @Test(
        "Broken numbers",
        arguments: [
            "+1", "-", "--1", "01", "-01", "00", "1.", ".1", "-.1", "1.e1", "1e", "1e+", "1E-", "1e1.5", "0x1", "1_000",
            "1a", "-a",
            "1e400", "-1e400", "1e99999999999999999999", "١", "1٠", "- 1",
        ])
    func numbers(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
    }

    @Test("A whole number of four hundred digits overflows")
    func hugeWholeNumber() {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(String(repeating: "9", count: 400)) }
    }

    @Test(
        "Broken strings",
        arguments: [
            "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\a\"", "\"\\U0041\"", "\"\\u\"", "\"\\u00\"", "\"\\u004\"",
            "\"\\u004g\"",
            "\"\\u+041\"", "\"\\u-000\"", "\"\\u 041\"", "\"\\u-041\"", "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"",
            "'a'",
            "\"a\" \"b\"", "\"\\u00é\"",
        ])
    func strings(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
    }

    @Test(
        "Half a surrogate pair",
        arguments: [
            #""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\n""#, #""\ud83d\u0041""#, #""\ud83d\ud83d\ude00""#,
            #""\ude00\ud83d""#,
            #""\ud83d\u""#, #""\ud83d\"#,
        ])
    func surrogates(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
    }

    @Test(
        "Bytes that are not UTF-8",
        arguments: [
            [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([quote] + bytes + [quote]) }
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
        #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse(Array("{\"a".utf8) + bytes + Array("\":1}".utf8))
        }
    }

    @Test("A UTF-16 document is refused")
    func otherEncoding() {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([0xFE, 0xFF, 0x00, 0x31]) }
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([0x31, 0x00]) }
    }

    @Test(
        "A key that stands twice in one object, however it is spelt",
        arguments: [
            #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"\u0061":2}"#, #"{"x":{"a":1,"a":2}}"#,
            #"[{"":1,"":2}]"#,
        ])
    func duplicates(text: String) throws {
        let error = try #require(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
        #expect(error.reason.contains("twice"))
    }

    @Test("The same key in two objects is no duplicate")
    func notDuplicates() throws {
        #expect(try JSONParser.parse(#"[{"a":1},{"a":2},{"A":{"a":3},"a":4}]"#).arrayValue?.count == 3)
    }

    @Test("Every document that is cut off is refused")
    func everyPrefix() {
        let text = #"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",true,false,null,{}],"b":{"c":""}}"#
        for length in 0..<text.utf8.count {
            #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(text.utf8.prefix(length))) }
        }
    }

    @Test("Whatever single byte is changed, the parser answers, and what it reads has a canonical form")
    func mutations() throws {
        var random = SplitMix64(1)
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9é\ud83d\ude00",true,false,null,{}],"b":{"c":""}}"#.utf8)
        for position in text.indices {
            for _ in 0..<40 {
                var bytes = text
                bytes[position] = UInt8.random(in: 0...255, using: &random)
                do throws(JSONSyntaxError) {
                    let value = try JSONParser.parse(bytes)
                    #expect(try JSONParser.parse(value.canonical) == value)
                } catch {
                    #expect(error.line >= 1 && error.column >= 1)
                }
            }
        }
    }
}
