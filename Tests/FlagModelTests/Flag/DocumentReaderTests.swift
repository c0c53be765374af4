import FlagModel
import Testing

@Suite("Reading documents")
struct DocumentReaderTests {
    @Test("Members that nobody asked for are told, with the nearest known name")
    func unknownMembers() {
        var reader = DocumentReader(["reson": "x", "zebra": 1, "known": 1], at: "request")
        _ = reader.string("reason")
        _ = reader.integer("known")
        reader.finish()
        #expect(
            reader.issues.map(\.description) == [
                "request.reson: unknown member; did you mean \"reason\"?",
                "request.zebra: unknown member; known are known, reason",
            ])
    }

    @Test("Absent and null are the same, but for has")
    func absence() {
        var reader = DocumentReader(["a": nil], at: "")
        let (value, string, hasA, hasB) = (reader.value("a"), reader.string("a"), reader.has("a"), reader.has("b"))
        #expect(value == nil)
        #expect(string == nil)
        #expect(hasA)
        #expect(!hasB)
        #expect(reader.issues.isEmpty)
    }

    @Test("A member of the wrong type is told once, also when it is required")
    func wrongType() {
        var reader = DocumentReader(["a": 1], at: "")
        _ = reader.require("a", reader.string("a"), "a string")
        #expect(reader.issues.map(\.description) == ["a: expected a string, found an integer"])
    }

    @Test("A required member that is absent or null is told with what was expected")
    func required() {
        var reader = DocumentReader(["b": nil], at: "x")
        _ = reader.require("a", reader.string("a"), "a name")
        _ = reader.require("b", reader.string("b"), "a name")
        #expect(
            reader.issues.map(\.description)
                == ["x.a: is missing; expected a name", "x.b: is missing; expected a name"])
    }

    @Test("Of something that is no object only that is told")
    func noObject() {
        var reader = DocumentReader("text", at: "x")
        _ = reader.require("a", reader.string("a"), "a name")
        reader.finish()
        #expect(reader.issues.map(\.description) == ["x: expected an object, found a string"])
    }

    @Test("A hundred thousand unknown members are told in good time and in bounded length")
    func manyUnknownMembers() {
        let members = Dictionary(uniqueKeysWithValues: (0..<100_000).map { ("unknown-member-\($0)", JSONValue.null) })
        var reader = DocumentReader(.object(members), at: "request")
        for name in ["reason", "flags", "changes", "baseRevision"] { _ = reader.value(name) }
        let elapsed = ContinuousClock().measure { reader.finish() }
        #expect(elapsed < .seconds(5))
        #expect(reader.issues.count <= 101)
        #expect(reader.issues.last?.message.contains("99900 more") == true)
    }
}
