import Testing

@testable import FlagModel

@Suite("JSONLogic: truth and comparison")
struct JSONLogicLogicTests {
    @Test(
        "Truth: false, null, 0, an empty text and an empty array are false, everything else is true",
        arguments: [
            ("true", true), ("false", false), ("null", false), ("0", false), ("-0.0", false), ("1", true), ("-1", true),
            ("0.1", true),
            (#""""#, false), (#""0""#, true), (#"" ""#, true), (#""false""#, true), ("[]", false), ("[0]", true),
            ("[[]]", true),
            ("{}", true), (#"{"a":1}"#, true),
        ])
    func truth(value: String, isTrue: Bool) throws {
        let data = "{\"v\":\(value)}"
        #expect(try Rule.apply(#"{"!!":[{"var":"v"}]}"#, to: data) == .bool(isTrue))
        #expect(try Rule.apply(#"{"!":[{"var":"v"}]}"#, to: data) == .bool(!isTrue))
        #expect(try Rule.apply(#"{"if":[{"var":"v"},1,2]}"#, to: data) == (isTrue ? 1 : 2))
    }

    @Test(
        "if, ?:, and, or",
        arguments: [
            RuleCase(#"{"if":[]}"#, "null"), RuleCase(#"{"if":[1]}"#, "1"), RuleCase(#"{"if":[false]}"#, "false"),
            RuleCase(#"{"if":[true,1]}"#, "1"), RuleCase(#"{"if":[false,1]}"#, "null"),
            RuleCase(#"{"if":[false,1,2]}"#, "2"),
            RuleCase(#"{"if":[false,1,true,2]}"#, "2"), RuleCase(#"{"if":[false,1,false,2]}"#, "null"),
            RuleCase(#"{"if":[false,1,false,2,3]}"#, "3"), RuleCase(#"{"if":[true,{"cat":["a","b"]},2]}"#, #""ab""#),
            RuleCase(#"{"?:":[true,1,2]}"#, "1"), RuleCase(#"{"?:":[false,1,2]}"#, "2"),
            RuleCase(#"{"and":[]}"#, "null"), RuleCase(#"{"and":[1,2,3]}"#, "3"),
            RuleCase(#"{"and":[1,"",3]}"#, #""""#),
            RuleCase(#"{"and":[1,[],3]}"#, "[]"), RuleCase(#"{"or":[]}"#, "null"), RuleCase(#"{"or":[0,"",3]}"#, "3"),
            RuleCase(#"{"or":[0,"",[]]}"#, "[]"), RuleCase(#"{"or":[false,{"var":"a"}]}"#, #"{"a":7}"#, "7"),
            RuleCase(#"{"!":[]}"#, "true"), RuleCase(#"{"!!":[]}"#, "false"), RuleCase(#"{"!":true}"#, "false"),
            RuleCase(#"{"!":[[]]}"#, "true"), RuleCase(#"{"!!":[["x"]]}"#, "true"),
        ])
    func branches(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "Loose equality converts as JavaScript does",
        arguments: [
            ("1", "1", true), ("1", "2", false), ("1", "1.0", true), ("1", #""1""#, true), ("1", #"" 1 ""#, true),
            ("1", #""x""#, false),
            ("0", #""""#, true), ("0", "false", true), ("1", "true", true), ("2", "true", false),
            ("null", "null", true), ("null", "0", false),
            ("null", "false", false), ("null", #""""#, false), (#""a""#, #""a""#, true), (#""a""#, #""A""#, false),
            (#""1""#, #""1.0""#, false),
            (#""1""#, "true", true), (#""true""#, "true", false), ("[]", "0", true), ("[1]", "1", true),
            ("[1]", #""1""#, true),
            ("[1,2]", #""1,2""#, true), ("[1,2]", "1", false), ("[1]", "[1]", false), ("{}", "{}", false),
            ("{}", #""[object Object]""#, true),
            ("{}", "1", false), ("[true]", "1", false), ("[null]", "0", true), ("[[]]", "0", true),
            ("[[5]]", "5", true),
            (#""\u00e9""#, #""e\u0301""#, false),
        ])
    func loose(left: String, right: String, isEqual: Bool) throws {
        let data = "{\"l\":\(left),\"r\":\(right)}"
        let operands = #"[{"var":"l"},{"var":"r"}]"#
        let reversed = #"[{"var":"r"},{"var":"l"}]"#
        #expect(try Rule.apply("{\"==\":\(operands)}", to: data) == .bool(isEqual))
        #expect(try Rule.apply("{\"==\":\(reversed)}", to: data) == .bool(isEqual))
        #expect(try Rule.apply("{\"!=\":\(operands)}", to: data) == .bool(!isEqual))
    }

    @Test(
        "Strict equality converts nothing",
        arguments: [
            ("1", "1", true), ("1", "1.0", true), ("1", #""1""#, false), ("0", "false", false), ("null", "null", true),
            ("null", "0", false),
            (#""a""#, #""a""#, true), ("true", "true", true), ("true", "1", false), ("[]", "[]", false),
            ("{}", "{}", false),
            (#""\u00e9""#, #""e\u0301""#, false),
        ])
    func strict(left: String, right: String, isEqual: Bool) throws {
        #expect(try Rule.apply("{\"===\":[\(left),\(right)]}") == .bool(isEqual))
        #expect(try Rule.apply("{\"!==\":[\(left),\(right)]}") == .bool(!isEqual))
    }

    @Test(
        "Comparison, and between",
        arguments: [
            RuleCase(#"{">":[2,1]}"#, "true"), RuleCase(#"{">":[1,1]}"#, "false"), RuleCase(#"{">":["2",1]}"#, "true"),
            RuleCase(#"{">=":[1,1]}"#, "true"), RuleCase(#"{">=":[1,2]}"#, "false"), RuleCase(#"{"<":[1,2]}"#, "true"),
            RuleCase(#"{"<":[2,1]}"#, "false"), RuleCase(#"{"<":["a","b"]}"#, "true"),
            RuleCase(#"{"<":["10","9"]}"#, "true"),
            RuleCase(#"{"<":["10",9]}"#, "false"), RuleCase(#"{"<":["x",9]}"#, "false"),
            RuleCase(#"{">":["x",9]}"#, "false"),
            RuleCase(#"{"<":[null,1]}"#, "true"), RuleCase(#"{"<":[false,true]}"#, "true"),
            RuleCase(#"{"<=":[1,1]}"#, "true"),
            RuleCase(#"{"<":[1,2,3]}"#, "true"), RuleCase(#"{"<":[1,1,3]}"#, "false"),
            RuleCase(#"{"<":[1,4,3]}"#, "false"),
            RuleCase(#"{"<":[1,3,3]}"#, "false"), RuleCase(#"{"<=":[1,1,3]}"#, "true"),
            RuleCase(#"{"<=":[1,3,3]}"#, "true"),
            RuleCase(#"{"<=":[1,4,3]}"#, "false"), RuleCase(#"{"<":[{},1]}"#, "false"),
            RuleCase(#"{"<":[[1],2]}"#, "true"),
            RuleCase(#"{"<":[["10"],["9"]]}"#, "true"), RuleCase(#"{"<":[1]}"#, "false"),
            RuleCase(#"{">":[1]}"#, "false"),
            RuleCase(#"{">=":[0]}"#, "false"), RuleCase(#"{"<":[]}"#, "false"), RuleCase(#"{">":[]}"#, "false"),
            RuleCase(#"{"<=":["a","a"]}"#, "true"), RuleCase(#"{">=":["b","a"]}"#, "true"),
            RuleCase(#"{"<":["\ud83d\ude00","\ue000"]}"#, "true"),
        ])
    func order(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }
}
