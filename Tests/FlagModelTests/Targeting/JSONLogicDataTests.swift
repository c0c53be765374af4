import Testing

@testable import FlagModel

@Suite("JSONLogic: looking into the data")
struct JSONLogicDataTests {
    @Test(
        "var",
        arguments: [
            RuleCase(#"{"var":"a"}"#, #"{"a":1}"#, "1"), RuleCase(#"{"var":["a"]}"#, #"{"a":1}"#, "1"),
            RuleCase(#"{"var":"b"}"#, #"{"a":1}"#, "null"), RuleCase(#"{"var":["b",2]}"#, #"{"a":1}"#, "2"),
            RuleCase(#"{"var":["a",2]}"#, #"{"a":1}"#, "1"), RuleCase(#"{"var":["a",2]}"#, "null", "2"),
            RuleCase(#"{"var":["a",2]}"#, #"{"a":null}"#, "2"), RuleCase(#"{"var":["a",2]}"#, #"{"a":false}"#, "false"),
            RuleCase(#"{"var":["a",2]}"#, #"{"a":0}"#, "0"), RuleCase(#"{"var":["a",2]}"#, #"{"a":""}"#, #""""#),
            RuleCase(#"{"var":"a.b.c"}"#, #"{"a":{"b":{"c":3}}}"#, "3"),
            RuleCase(#"{"var":"a.b"}"#, #"{"a":1}"#, "null"),
            RuleCase(#"{"var":["a.b",9]}"#, #"{"a":{"c":1}}"#, "9"),
            RuleCase(#"{"var":"a.b.c"}"#, #"{"a":null}"#, "null"),
            RuleCase(#"{"var":1}"#, #"["x","y"]"#, #""y""#), RuleCase(#"{"var":"1"}"#, #"["x","y"]"#, #""y""#),
            RuleCase(#"{"var":"1.0"}"#, #"["x",["y"]]"#, #""y""#), RuleCase(#"{"var":2}"#, #"["x"]"#, "null"),
            RuleCase(#"{"var":-1}"#, #"["x"]"#, "null"), RuleCase(#"{"var":"01"}"#, #"["x","y"]"#, "null"),
            RuleCase(#"{"var":"+1"}"#, #"["x","y"]"#, "null"), RuleCase(#"{"var":""}"#, #"{"a":1}"#, #"{"a":1}"#),
            RuleCase(#"{"var":[]}"#, "7", "7"), RuleCase(#"{"var":null}"#, "7", "7"),
            RuleCase(#"{"var":[null]}"#, "7", "7"),
            RuleCase(#"{"var":[[]]}"#, "7", "null"),
            RuleCase(#"{"var":{"if":[true,"a","b"]}}"#, #"{"a":1,"b":2}"#, "1"),
            RuleCase(#"{"var":[{"cat":["a",".b"]},5]}"#, #"{"a":{"b":2}}"#, "2"),
            RuleCase(#"{"var":[{"var":"name"},5]}"#, #"{"name":"gone"}"#, "5"),
            RuleCase(#"{"var":["gone",{"var":"a"}]}"#, #"{"a":1}"#, "1"),
            RuleCase(#"{"var":"list.length"}"#, #"{"list":[1,2,3]}"#, "3"),
            RuleCase(#"{"var":"name.length"}"#, #"{"name":"zoë😀"}"#, "4"),
            RuleCase(#"{"var":"name.3"}"#, #"{"name":"zoë😀"}"#, #""😀""#),
            RuleCase(#"{"var":["name.4","none"]}"#, #"{"name":"zoë😀"}"#, #""none""#),
            RuleCase(#"{"var":"a..b"}"#, #"{"a":{"":{"b":1}}}"#, "1"), RuleCase(#"{"var":"."}"#, #"{"":{"":4}}"#, "4"),
        ])
    func variable(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "missing and missing_some",
        arguments: [
            RuleCase(#"{"missing":["a","b"]}"#, #"{"a":1}"#, #"["b"]"#),
            RuleCase(#"{"missing":["a"]}"#, #"{"a":1}"#, "[]"),
            RuleCase(#"{"missing":"a"}"#, "{}", #"["a"]"#), RuleCase(#"{"missing":[]}"#, "{}", "[]"),
            RuleCase(#"{"missing":[["a","b"]]}"#, #"{"b":1}"#, #"["a"]"#),
            RuleCase(#"{"missing":[["a"],"b"]}"#, "{}", #"["a"]"#),
            RuleCase(#"{"missing":["a"]}"#, #"{"a":null}"#, #"["a"]"#),
            RuleCase(#"{"missing":["a"]}"#, #"{"a":""}"#, #"["a"]"#),
            RuleCase(#"{"missing":["a"]}"#, #"{"a":0}"#, "[]"), RuleCase(#"{"missing":["a"]}"#, #"{"a":false}"#, "[]"),
            RuleCase(#"{"missing":["a.b"]}"#, #"{"a":{"b":1}}"#, "[]"),
            RuleCase(#"{"missing":["a.b"]}"#, "null", #"["a.b"]"#),
            RuleCase(#"{"missing":[0,1]}"#, #"["x"]"#, "[1]"),
            RuleCase(#"{"missing":{"merge":["a",{"if":[true,["b"],[]]}]}}"#, #"{"a":1}"#, #"["b"]"#),
            RuleCase(#"{"missing_some":[1,["a","b"]]}"#, #"{"a":1}"#, "[]"),
            RuleCase(#"{"missing_some":[2,["a","b","c"]]}"#, #"{"a":1}"#, #"["b","c"]"#),
            RuleCase(#"{"missing_some":[0,["a"]]}"#, "{}", "[]"), RuleCase(#"{"missing_some":[1,[]]}"#, "{}", "[]"),
            RuleCase(#"{"missing_some":["1",["a","b"]]}"#, #"{"b":1}"#, "[]"),
            RuleCase(#"{"missing_some":["x",["a"]]}"#, "{}", #"["a"]"#),
            RuleCase(#"{"missing_some":[1,"a"]}"#, "{}", "[]"), RuleCase(#"{"missing_some":[]}"#, "{}", "[]"),
            RuleCase(#"{"if":[{"missing":["a"]},"incomplete","complete"]}"#, #"{"a":1}"#, #""complete""#),
        ])
    func missing(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test("Targeting sees attributes, the targeting key, and what flagd injects")
    func context() throws {
        let context = EvaluationContext(targetingKey: "user-1", attributes: ["email": "a@b", "deep": ["x": [1, 2]]])
        func value(_ path: JSONValue) throws -> JSONValue {
            try Rule.apply(["var": path], flag: "FLAG", context, timestamp: 1_772_600_767)
        }
        #expect(try value("email") == "a@b")
        #expect(try value("deep.x.1") == 2)
        #expect(try value("targetingKey") == "user-1")
        #expect(try value("$flagd.flagKey") == "FLAG")
        #expect(try value("$flagd.timestamp") == 1_772_600_767)
        #expect(try value("$flagd.nothing") == .null)
        #expect(try value("$flagd.flagKey.more") == .null)
        #expect(
            try value("") == [
                "email": "a@b", "deep": ["x": [1, 2]], "targetingKey": "user-1",
                "$flagd": ["flagKey": "FLAG", "timestamp": 1_772_600_767],
            ])
    }

    @Test("A caller cannot pass himself off as flagd: an attribute of that name is not seen")
    func injectedNamesAreOurs() throws {
        let context = EvaluationContext(attributes: ["$flagd": ["flagKey": "forged", "timestamp": 0]])
        #expect(try Rule.apply(["var": "$flagd.flagKey"], flag: "FLAG", context) == "FLAG")
        #expect(try Rule.apply(["var": "$flagd.timestamp"], flag: "FLAG", context) == .null)
    }

    @Test("The targeting key wins over an attribute of that name")
    func targetingKeyWins() throws {
        let context = EvaluationContext(targetingKey: "real", attributes: ["targetingKey": "attribute"])
        #expect(try Rule.apply(["var": "targetingKey"], context) == "real")
        #expect(try Rule.apply(["var": ""], context)["targetingKey"] == "real")
    }
}
