import Testing

@testable import FlagModel

@Suite("flagd's fractional")
struct FractionalTests {
    private static let suits: JSONValue = [
        "fractional": [["clubs", 25], ["diamonds", 25], ["hearts", 25], ["spades", 25]]
    ]

    @Test(
        "The published vectors",
        arguments: [("jack", "hearts"), ("queen", "spades"), ("ten", "clubs"), ("nine", "diamonds"), ("3", "clubs")])
    func published(key: String, suit: JSONValue) throws {
        #expect(try Rule.apply(Self.suits, flag: "fractional-flag", EvaluationContext(targetingKey: key)) == suit)
        let explicit: JSONValue = [
            "fractional": [
                ["cat": [["var": "$flagd.flagKey"], ["var": "targetingKey"]]], ["clubs", 25], ["diamonds", 25],
                ["hearts", 25],
                ["spades", 25],
            ]
        ]
        #expect(try Rule.apply(explicit, flag: "fractional-flag", EvaluationContext(targetingKey: key)) == suit)
    }

    @Test("The targeting key may come as an attribute")
    func keyAsAttribute() throws {
        #expect(
            try Rule.apply(
                Self.suits, flag: "fractional-flag", EvaluationContext(attributes: ["targetingKey": "jack"]))
                == "hearts")
    }

    @Test("Without a value to hash there is no answer: no key, an empty one, or one that is no text")
    func nothingToHash() throws {
        #expect(try Rule.apply(Self.suits, EvaluationContext()) == .null)
        #expect(try Rule.apply(Self.suits, EvaluationContext(targetingKey: "")) == .null)
        for email in [nil, 1, true, [:], ""] as [JSONValue] {
            #expect(
                try Rule.apply(
                    ["fractional": [["var": "email"], ["a", 1]]],
                    EvaluationContext(targetingKey: "x", attributes: ["email": email]))
                    == .null)
        }
    }

    @Test(
        "Weights are whole numbers, negative ones count as nought, and none in all is no answer",
        arguments: [
            (#"["k",["a",-5],["b",1]]"#, "b"), (#"["k",["a"],["b",0]]"#, "a"), (#"["k",["a",0],["b",0]]"#, nil),
            (#"["k"]"#, nil), (#"[]"#, nil),
            (#"["k",["a",1.5]]"#, nil), (#"["k",["a","1"]]"#, nil), (#"["k",["a",true]]"#, nil),
            (#"["k",["a",null]]"#, nil),
            (#"["k","a"]"#, nil), (#"["k",[]]"#, nil), (#"["k",["a",1,2]]"#, nil), (#"["k",["a",2147483647]]"#, "a"),
            (#"["k",["a",2147483648]]"#, nil), (#"["k",["a",2147483647],["b",1]]"#, nil),
            (#"["k",["a",9223372036854775807]]"#, nil),
            (#"["k",["a",9223372036854775807],["b",9223372036854775807],["c",9223372036854775807]]"#, nil),
            (#"["k",["a",-9223372036854775808],["b",1]]"#, "b"), (#"["k",["a",1e300]]"#, nil),
            (#"["k",["a",2.0]]"#, "a"),
        ] as [(String, JSONValue)])
    func weights(arguments: String, expected: JSONValue) throws {
        #expect(try Rule.apply("{\"fractional\":\(arguments)}") == expected)
    }

    @Test("Variants and weights may be rules")
    func nested() throws {
        let rule: JSONValue = [
            "fractional": [
                ["var": "email"], [["if": [["var": "vip"], "gold", "silver"]], ["var": "w"]], ["other", 0],
            ]
        ]
        #expect(try Rule.apply(rule, EvaluationContext(attributes: ["email": "a@b", "vip": true, "w": 7])) == "gold")
        #expect(try Rule.apply(rule, EvaluationContext(attributes: ["email": "a@b", "w": 7])) == "silver")
    }

    @Test("A rollout and its export as fractional put every user on the same side")
    func agreesWithRollout() throws {
        let rule: JSONValue = [
            "fractional": [["cat": ["SEED", ["var": "targetingKey"]]], ["on", 25_000], ["off", 75_000]]
        ]
        let flag = CompiledFlag(
            key: "F",
            definition: Sample.toggle {
                $0.rollout = Rollout(variant: "on", percentage: Sample.share(25), seed: "SEED")
            })
        for number in 0..<2000 {
            let context = EvaluationContext(targetingKey: "user-\(number)")
            #expect(try Rule.apply(rule, context).stringValue == flag.evaluate(context).variant)
        }
    }
}
