import Testing

@testable import FlagModel

@Suite("Random rules on random contexts")
struct RuleFuzzTests {
    @Test("Every rule that compiles has a result that JSON can write, the same one each time")
    func total() throws {
        var random = SplitMix64(31_337)
        var compiled = 0
        for _ in 0..<4000 {
            let rule = random.rule(depth: 4)
            let data = random.ruleData()
            guard let expression = try? Expression(compiling: rule, at: "rule", segments: .open) else { continue }
            compiled += 1
            guard let result = try? expression.evaluate(in: .value(data)) else { continue }
            // By its text, as a result that is no number equals nothing.
            #expect(
                try JSONParser.parse(result.canonical, maximumDepth: 500).canonical == result.canonical,
                "\(rule.canonical)")
            #expect(try expression.evaluate(in: .value(data)).canonical == result.canonical)
        }
        #expect(compiled > 3000)
    }

    @Test("Any JSON at all, as a rule, compiles or says where it does not")
    func anyJSON() {
        var random = SplitMix64(4242)
        for _ in 0..<3000 {
            let rule = random.json()
            do throws(FlagModel.Issue) {
                _ = try? Expression(compiling: rule, at: "rule", segments: .open).evaluate(in: .value(random.json()))
                _ = try Expression(compiling: rule, at: "rule", segments: .open)
            } catch {
                #expect(error.path.hasPrefix("rule"))
                #expect(!error.message.isEmpty)
            }
        }
    }
}
