import Testing

@testable import FlagModel

@Suite("Compiling rules")
struct RuleCompilationTests {
    private func fault(_ rule: JSONValue) throws -> FlagModel.Issue {
        try #require(throws: FlagModel.Issue.self) { try Expression(compiling: rule, at: "targeting", segments: .open) }
    }

    @Test("An unknown operation is named with its place and the nearest known one")
    func unknownOperation() throws {
        let issue = try self.fault(["and": [true, ["or": [["missng": ["a"]]]]]])
        #expect(issue.path == "targeting.and[1].or[0]")
        #expect(issue.message == "unknown operation \"missng\"; did you mean \"missing\"?")
    }

    @Test("An object of two members is no rule")
    func twoOperations() throws {
        let issue = try self.fault(["if": [["==": [1, 1], "!=": [1, 2]]]])
        #expect(issue.path == "targeting.if[0]")
        #expect(issue.message.contains("this has 2: !=, =="))
    }

    @Test("Nesting ends at the limit")
    func depth() throws {
        func nested(_ levels: Int) -> JSONValue {
            (0..<levels).reduce(["var": "a"]) { rule, _ in ["!": [rule]] }
        }
        // The innermost variable's path is one level of its own.
        #expect(throws: Never.self) {
            try Expression(compiling: nested(Expression.maximumDepth - 1), at: "r", segments: .open)
        }
        let issue = try self.fault(nested(Expression.maximumDepth + 1))
        #expect(issue.message.contains("deeper than \(Expression.maximumDepth)"))
        #expect(issue.path.hasPrefix("targeting.![0].![0]"))
    }

    @Test("Nesting of a hundred thousand levels is refused without harm")
    func absurdDepth() throws {
        // Built from a parser that was told to allow it; the document as such is limited to 64 levels.
        let levels = 2000
        let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        #expect(throws: FlagModel.Issue.self) {
            try Expression(compiling: try JSONParser.parse(text, maximumDepth: levels), at: "r", segments: .open)
        }
    }

    @Test("Size ends at the limit, at once, and the place is told")
    func size() throws {
        let ample = JSONValue.array((0..<(Expression.maximumSize - 3)).map { .integer(Int64($0)) })
        #expect(throws: Never.self) { try Expression(compiling: ["in": [1, ample]], at: "r", segments: .open) }
        let issue = try self.fault(["in": [1, .array([JSONValue](repeating: 1, count: 1_000_000))]])
        #expect(issue.message.contains("more than \(Expression.maximumSize) parts"))
        #expect(issue.path.hasPrefix("targeting.in[1]["))
    }

    @Test("A name of a megabyte, or a hundred thousand of them, does not make a message of a megabyte")
    func longNames() throws {
        let name = String(repeating: "x", count: 1_000_000)
        #expect(try self.fault([name: 1]).message.utf8.count < 300)
        let members = Dictionary(uniqueKeysWithValues: (0..<100_000).map { ("operation-\($0)", JSONValue.null) })
        #expect(try self.fault(.object(members)).message.utf8.count < 400)
    }

    @Test("The variables that a rule reads are found wherever they stand, those of elements left out")
    func variables() throws {
        let rule: JSONValue = [
            "if": [
                ["in": [["var": "a.b"], ["x", ["var": ["c", ["var": "d"]]]]]], "on",
                ["reduce": [["map": [["var": "e"], ["var": ""]]], ["var": "current.f"], ["var": "g"]]],
            ]
        ]
        #expect(
            try Expression(compiling: rule, at: "r", segments: .open).variables == [
                ["a", "b"], ["c"], ["d"], ["e"], ["g"],
            ])
    }

    @Test("What does not depend on the context is worked out once, when the rule is compiled")
    func constants() throws {
        func isLiteral(_ rule: JSONValue) throws -> Bool {
            if case .literal = try Expression(compiling: rule, at: "r", segments: .open) { true } else { false }
        }
        let constants: [JSONValue] = [
            [], ["a", "b"], [["a"], ["+": [1, 2]]], ["cat": ["a", "b"]], ["if": [true, "on", "off"]],
            ["in": ["a", ["a"]]],
            ["sem_ver": ["1.0.0", "<", "2.0.0"]], ["max": [1, ["*": [2, 3]]]], ["and": []],
        ]
        for rule in constants { #expect(try isLiteral(rule)) }
        let others: [JSONValue] = [
            ["var": "a"], ["missing": ["a"]], ["missing_some": [1, ["a"]]], ["fractional": [["a", 1]]],
            ["cat": ["a", ["var": "b"]]],
            ["map": [[1], ["var": ""]]], ["log": ["x"]],
        ]
        for rule in others {
            let isConstant = try isLiteral(rule)
            #expect(!isConstant)
        }
    }

    @Test("Working out constants changes no result")
    func foldingAgrees() throws {
        var random = SplitMix64(77)
        for _ in 0..<500 {
            let rule = random.rule(depth: 3)
            // The same rule with every constant replaced by a variable of that value.
            var constants: [String: JSONValue] = [:]
            let unfolded = rule.liftingConstants(into: &constants)
            guard let plain = try? Rule.apply(rule, to: .object(constants)) else { continue }
            #expect(
                try Rule.apply(unfolded, to: .object(constants)).canonical == plain.canonical, "\(rule.canonical)")
        }
    }
}
