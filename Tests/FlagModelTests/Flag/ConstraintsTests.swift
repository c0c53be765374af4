import FlagModel
import Testing

@Suite("Constraints")
struct ConstraintsTests {
    @Test("The bounds themselves are within bounds", arguments: [1, 2, 3600, 1.0, 3600.0] as [JSONValue])
    func within(value: JSONValue) {
        #expect(Constraints(minimum: 1, maximum: 3600).violation(by: value) == nil)
    }

    @Test(
        "What is beyond them is told with the bound",
        arguments: [(0, "minimum of 1"), (3601, "maximum of 3600"), (0.999, "minimum of 1")] as [(JSONValue, String)])
    func beyond(value: JSONValue, words: String) throws {
        #expect(try #require(Constraints(minimum: 1, maximum: 3600).violation(by: value)).contains(words))
    }

    @Test("A string's length counts Unicode scalars")
    func length() {
        let constraints = Constraints(maximumLength: 3)
        #expect(constraints.violation(by: "😀😀😀") == nil)
        #expect(constraints.violation(by: "abcd") != nil)
        #expect(constraints.violation(by: 12_345) == nil)
    }

    @Test("No bounds bound nothing")
    func none() {
        #expect(Constraints().isEmpty)
        #expect(Constraints().violation(by: .number(.greatestFiniteMagnitude)) == nil)
    }
}
