import FlagModel
import Testing

@testable import flagctl

@Suite("An attribute of an evaluation context is read from k=v")
struct AttributeTests {
    @Test(
        "Values are JSON where that is plain, strings otherwise",
        arguments: [
            ("plan=pro", "pro"), ("age=30", 30), ("share=0.5", 0.5), ("beta=true", true), ("x=null", nil), ("x=", ""),
            ("version=1.10", "1.10"), ("code=007", "007"), ("big=1e3", "1e3"), ("tags=[\"a\",1]", ["a", 1]),
            ("o={\"a\": 1}", ["a": 1]), ("id=\"30\"", "30"), ("formula=a=b", "a=b"),
            ("id=12345678901234567890123", "12345678901234567890123"),
        ] as [(String, JSONValue)])
    func values(text: String, expected: JSONValue) throws {
        #expect(try Attribute.parse(text).value == expected)
    }

    @Test("Without a name or a sign it is refused", arguments: ["plan", "=pro", ""])
    func refused(text: String) {
        #expect(throws: Attribute.Invalid.self) { try Attribute.parse(text) }
    }
}
