import Testing

@testable import FlagModel

@Suite("JSONLogic: arrays")
struct JSONLogicArrayTests {
    @Test(
        "map, filter, reduce",
        arguments: [
            RuleCase(#"{"map":[{"var":"i"},{"*":[{"var":""},2]}]}"#, #"{"i":[1,2,3]}"#, "[2,4,6]"),
            RuleCase(#"{"map":[{"var":"i"},{"var":"q"}]}"#, #"{"i":[{"q":1},{"q":2},{}]}"#, "[1,2,null]"),
            RuleCase(#"{"map":[{"var":"none"},{"var":""}]}"#, "{}", "[]"), RuleCase(#"{"map":[[],1]}"#, "[]"),
            RuleCase(#"{"map":[]}"#, "[]"),
            RuleCase(#"{"map":[[1,2]]}"#, "[null,null]"), RuleCase(#"{"map":["text",1]}"#, "[]"),
            RuleCase(#"{"filter":[{"var":"i"},{">=":[{"var":""},2]}]}"#, #"{"i":[1,2,3]}"#, "[2,3]"),
            RuleCase(#"{"filter":[{"var":"i"},true]}"#, #"{"i":[1]}"#, "[1]"),
            RuleCase(#"{"filter":[{"var":"i"},0]}"#, #"{"i":[1]}"#, "[]"),
            RuleCase(#"{"filter":[7,true]}"#, "[]"), RuleCase(#"{"filter":[]}"#, "[]"),
            RuleCase(#"{"filter":[[1,2]]}"#, "[]"),
            RuleCase(
                #"{"reduce":[{"var":"i"},{"+":[{"var":"current"},{"var":"accumulator"}]},0]}"#, #"{"i":[1,2,3]}"#, "6"),
            RuleCase(#"{"reduce":[{"var":"i"},{"+":[{"var":"current"},{"var":"accumulator"}]},0]}"#, "{}", "0"),
            RuleCase(#"{"reduce":[{"var":"i"},{"var":"current.n"},{"var":"start"}]}"#, #"{"i":[],"start":9}"#, "9"),
            RuleCase(#"{"reduce":[[1,2],{"var":"accumulator"}]}"#, "null"), RuleCase(#"{"reduce":[]}"#, "null"),
            RuleCase(
                #"{"map":[{"filter":[{"var":"i"},{"<":[{"var":""},3]}]},{"+":[{"var":""},1]}]}"#, #"{"i":[1,2,3]}"#,
                "[2,3]"),
            RuleCase(#"{"map":[[[1,2],[3]],{"map":[{"var":""},{"+":[{"var":""},1]}]}]}"#, "[[2,3],[4]]"),
            RuleCase(#"{"map":[[1],{"var":"outer"}]}"#, #"{"outer":5}"#, "[null]"),
        ])
    func transformations(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "all, none, some",
        arguments: [
            RuleCase(#"{"all":[{"var":"i"},{">":[{"var":""},0]}]}"#, #"{"i":[1,2]}"#, "true"),
            RuleCase(#"{"all":[{"var":"i"},{">":[{"var":""},1]}]}"#, #"{"i":[1,2]}"#, "false"),
            RuleCase(#"{"all":[[],true]}"#, "false"), RuleCase(#"{"all":[{"var":"x"},true]}"#, "{}", "false"),
            RuleCase(#"{"all":[]}"#, "false"),
            RuleCase(#"{"all":["text",true]}"#, "false"),
            RuleCase(#"{"none":[{"var":"i"},{">":[{"var":""},2]}]}"#, #"{"i":[1,2]}"#, "true"),
            RuleCase(#"{"none":[{"var":"i"},{">":[{"var":""},1]}]}"#, #"{"i":[1,2]}"#, "false"),
            RuleCase(#"{"none":[[],true]}"#, "true"), RuleCase(#"{"none":[{"var":"x"},true]}"#, "{}", "true"),
            RuleCase(#"{"none":[]}"#, "true"),
            RuleCase(#"{"some":[{"var":"i"},{">":[{"var":""},1]}]}"#, #"{"i":[1,2]}"#, "true"),
            RuleCase(#"{"some":[{"var":"i"},{">":[{"var":""},2]}]}"#, #"{"i":[1,2]}"#, "false"),
            RuleCase(#"{"some":[[],true]}"#, "false"), RuleCase(#"{"some":[{"var":"x"},true]}"#, "{}", "false"),
            RuleCase(#"{"some":[]}"#, "false"),
            RuleCase(#"{"some":[{"var":"i"},{"==":[{"var":"k"},"b"]}]}"#, #"{"i":[{"k":"a"},{"k":"b"}]}"#, "true"),
        ])
    func quantifiers(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "merge, in, and arrays written in a rule",
        arguments: [
            RuleCase(#"{"merge":[[1,2],[3]]}"#, "[1,2,3]"), RuleCase(#"{"merge":[1,[2]]}"#, "[1,2]"),
            RuleCase(#"{"merge":[]}"#, "[]"),
            RuleCase(#"{"merge":[[[1]],[]]}"#, "[[1]]"), RuleCase(#"{"merge":1}"#, "[1]"),
            RuleCase(#"{"merge":[{"var":"a"},null]}"#, #"{"a":[1]}"#, "[1,null]"),
            RuleCase(#"{"in":["b",["a","b"]]}"#, "true"), RuleCase(#"{"in":["c",["a","b"]]}"#, "false"),
            RuleCase(#"{"in":[1,["1"]]}"#, "false"),
            RuleCase(#"{"in":[1,[1.0]]}"#, "true"), RuleCase(#"{"in":[null,[null]]}"#, "true"),
            RuleCase(#"{"in":[[1],[[1]]]}"#, "false"),
            RuleCase(#"{"in":["a",{"var":"x"}]}"#, "{}", "false"), RuleCase(#"{"in":["a",7]}"#, "false"),
            RuleCase(#"{"in":["a"]}"#, "false"),
            RuleCase(#"{"in":["a",[]]}"#, "false"), RuleCase(#"{"in":[{"var":"e"},["x","y"]]}"#, #"{"e":"y"}"#, "true"),
            RuleCase(#"[1,{"var":"a"},[{"var":"a"}]]"#, #"{"a":2}"#, "[1,2,[2]]"),
        ])
    func membership(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }
}
