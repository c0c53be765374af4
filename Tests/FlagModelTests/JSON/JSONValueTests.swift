import FlagModel
import Testing

@Suite("JSON values")
struct JSONValueTests {
    @Test("Two values are equal exactly when their canonical text is")
    func equalityIsCanonical() {
        var random = SplitMix64(20)
        let values = (0..<300).map { _ in random.json(depth: 2) }
        for left in values {
            for right in values { #expect((left == right) == (left.canonical == right.canonical)) }
        }
    }

    @Test("A whole number is the same number with a fraction of nought, also as a key of a set")
    func wholeNumbers() {
        #expect(JSONValue.integer(30) == .number(30.0))
        #expect(JSONValue.integer(30).hashValue == JSONValue.number(30.0).hashValue)
        #expect(JSONValue.integer(0) == .number(-0.0))
        #expect(JSONValue.integer(30) != .number(30.5))
        #expect(JSONValue.integer(9_007_199_254_740_993) != .number(9_007_199_254_740_992))
        #expect(Set([JSONValue.integer(1), .number(1), .bool(true), .string("1")]).count == 3)
    }

    @Test("An accent that is composed and one that is not are two texts, as they have two digests")
    func unicodeForms() {
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
        #expect(JSONValue.object(["\u{E9}": 1]) != .object(["e\u{301}": 1]))
        #expect(JSONValue.array(["\u{E9}"]) == ["\u{E9}"])
    }

    @Test("Integers are read from whole numbers only, where they fit")
    func integerValues() {
        #expect(JSONValue.number(30.0).integerValue == 30)
        #expect(JSONValue.number(30.5).integerValue == nil)
        #expect(JSONValue.number(9.3e18).integerValue == nil)
        #expect(JSONValue.string("30").integerValue == nil)
        #expect(JSONValue.bool(true).integerValue == nil)
    }

    @Test("Members are found by name, and nothing is found where there are none")
    func members() {
        let value: JSONValue = ["a": ["b": 1]]
        #expect(value["a"]?["b"] == 1)
        #expect(value["b"] == nil)
        #expect(JSONValue.integer(1)["a"] == nil)
    }

    @Test("Every kind has its name for messages")
    func kinds() {
        let values: [JSONValue] = [nil, true, 1, 1.5, "", [], [:]]
        #expect(
            values.map(\.kind)
                == ["null", "a boolean", "an integer", "a number", "a string", "an array", "an object"])
    }
}
