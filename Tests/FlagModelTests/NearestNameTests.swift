import FlagModel
import Testing

@Suite("The name that was perhaps meant")
struct NearestNameTests {
    @Test(
        "Slips find their name",
        arguments: [
            ("percentge", "percentage"), ("prodcution", "production"), ("Staging", "staging"),
            ("ENABLE_TICKETS_", "enable_tickets"),
            ("", "x"), ("a", "b"), ("nmae", "name"), ("prod", "production"), ("stag", "staging"),
        ])
    func slips(name: String, expected: String) {
        #expect(
            NearestName.suggestion(for: name, among: ["quite-another-thing", expected, "zzzzzzzzzzzz"]) == expected)
    }

    @Test("What is no slip finds nothing")
    func strangers() {
        #expect(NearestName.suggestion(for: "percentage", among: ["variant", "seed", "by"]) == nil)
        #expect(NearestName.suggestion(for: "x", among: [String]()) == nil)
    }

    @Test("Two letters are too few to be an abbreviation, and an edit is nearer than one")
    func abbreviations() {
        #expect(NearestName.suggestion(for: "pr", among: ["production"]) == nil)
        #expect(NearestName.suggestion(for: "prod", among: ["production", "prods"]) == "prods")
    }

    @Test("The nearest wins, and among equals the first")
    func nearest() {
        #expect(NearestName.suggestion(for: "abcdef", among: ["abcdxx", "abcdex", "abcdey"]) == "abcdex")
    }

    @Test("Names of a megabyte are passed over in no time")
    func longNames() {
        let long = String(repeating: "a", count: 1_000_000)
        let candidates = (0..<200).map { "candidate-\($0)" }
        let elapsed = ContinuousClock().measure {
            #expect(NearestName.suggestion(for: long, among: candidates) == nil)
            #expect(NearestName.suggestion(for: "candidate", among: [long]) == nil)
        }
        #expect(elapsed < .seconds(2))
    }
}
