import FlagModel
import Testing

@Suite("Flag types")
struct FlagTypeTests {
    @Test(
        "A value of the type takes the type's own form",
        arguments: [
            (.boolean, true, true), (.string, "", ""), (.integer, .number(30), .integer(30)), (.integer, 30, 30),
            (.number, 30, .number(30)), (.number, 0.5, 0.5), (.object, [1], [1]), (.object, [:], [:]),
            (.integer, .integer(9_007_199_254_740_991), .integer(9_007_199_254_740_991)),
        ] as [(FlagType, JSONValue, JSONValue)])
    func normal(type: FlagType, value: JSONValue, expected: JSONValue) {
        #expect(type.normalize(value) == expected)
    }

    @Test("An integer flag's number is an integer, and a number flag's integer a number")
    func representation() {
        guard case .integer? = FlagType.integer.normalize(.number(30)) else {
            Testing.Issue.record("an integer flag kept a number")
            return
        }
        guard case .number? = FlagType.number.normalize(.integer(30)) else {
            Testing.Issue.record("a number flag kept an integer")
            return
        }
    }

    @Test(
        "A value of another type is none",
        arguments: [
            (.boolean, 1), (.boolean, "true"), (.boolean, nil), (.string, 1), (.string, nil), (.integer, 1.5),
            (.integer, "1"),
            (.integer, true), (.integer, .integer(9_007_199_254_740_992)), (.integer, .integer(.min)),
            (.integer, .number(1e300)),
            (.number, "1"), (.number, true), (.number, nil), (.object, "x"), (.object, 1), (.object, nil),
        ] as [(FlagType, JSONValue)])
    func others(type: FlagType, value: JSONValue) {
        #expect(type.normalize(value) == nil)
    }
}
