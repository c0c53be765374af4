import Testing

@testable import FlagModel

@Suite("JSONLogic: numbers")
struct JSONLogicNumberTests {
    @Test(
        "Arithmetic",
        arguments: [
            RuleCase(#"{"+":[1,2]}"#, "3"), RuleCase(#"{"+":[1,2,3,4]}"#, "10"), RuleCase(#"{"+":["1",1]}"#, "2"),
            RuleCase(#"{"+":["3.14"]}"#, "3.14"), RuleCase(#"{"+":"5"}"#, "5"), RuleCase(#"{"+":[]}"#, "0"),
            RuleCase(#"{"+":[0.1,0.2]}"#, "0.30000000000000004"), RuleCase(#"{"-":[3,2]}"#, "1"),
            RuleCase(#"{"-":[2]}"#, "-2"),
            RuleCase(#"{"-":["-2"]}"#, "2"), RuleCase(#"{"-":["5",3]}"#, "2"), RuleCase(#"{"-":[]}"#, "null"),
            RuleCase(#"{"*":[2,3,4]}"#, "24"), RuleCase(#"{"*":[2]}"#, "2"), RuleCase(#"{"*":["2",3]}"#, "6"),
            RuleCase(#"{"*":[]}"#, "null"), RuleCase(#"{"/":[4,2]}"#, "2"), RuleCase(#"{"/":[1,2]}"#, "0.5"),
            RuleCase(#"{"/":[1,0]}"#, "null"), RuleCase(#"{"/":[0,0]}"#, "null"), RuleCase(#"{"/":[1]}"#, "null"),
            RuleCase(#"{"%":[7,3]}"#, "1"), RuleCase(#"{"%":[-7,3]}"#, "-1"), RuleCase(#"{"%":[7,-3]}"#, "1"),
            RuleCase(#"{"%":[5.5,2]}"#, "1.5"), RuleCase(#"{"%":[1,0]}"#, "null"), RuleCase(#"{"%":[7]}"#, "null"),
            RuleCase(#"{"+":["x",1]}"#, "null"), RuleCase(#"{"+":[{},1]}"#, "null"),
            RuleCase(#"{"+":[[1,2],1]}"#, "null"),
            RuleCase(#"{"+":[true,true]}"#, "2"), RuleCase(#"{"*":["1e2","0x10"]}"#, "null"),
            RuleCase(#"{"+":["1e2"]}"#, "100"),
            RuleCase(#"{"+":["infinity"]}"#, "null"), RuleCase(#"{"+":["nan"]}"#, "null"),
            RuleCase(#"{"+":[" 7\n"]}"#, "7"),
            RuleCase(#"{"+":["1 2"]}"#, "null"), RuleCase(#"{"+":["."]}"#, "null"), RuleCase(#"{"+":["--1"]}"#, "null"),
            RuleCase(#"{"*":[1e308,10]}"#, "null"), RuleCase(#"{"-":[9223372036854775807,-1]}"#, "9223372036854776000"),
        ])
    func arithmetic(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "max and min",
        arguments: [
            RuleCase(#"{"max":[1,2,3]}"#, "3"), RuleCase(#"{"max":[3,1,3]}"#, "3"), RuleCase(#"{"max":[1]}"#, "1"),
            RuleCase(#"{"max":["9","10"]}"#, "10"), RuleCase(#"{"max":[]}"#, "null"),
            RuleCase(#"{"max":[1,"x"]}"#, "null"),
            RuleCase(#"{"min":[1,2,3]}"#, "1"), RuleCase(#"{"min":[-1,null]}"#, "-1"), RuleCase(#"{"min":[]}"#, "null"),
            RuleCase(#"{"min":[true,2]}"#, "1"),
        ])
    func extremes(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "What is no number compares as false with everything, and beyond all numbers is above them",
        arguments: [
            RuleCase(#"{"<":[{"+":["x",1]},5]}"#, "false"),
            RuleCase(#"{">=":[{"-":[{"var":"v"},1]},0]}"#, #"{"v":"x"}"#, "false"),
            RuleCase(#"{"==":[{"+":["x"]},{"+":["x"]}]}"#, "false"), RuleCase(#"{"===":[{"+":["x"]},null]}"#, "false"),
            RuleCase(#"{"!!":[{"+":["x"]}]}"#, "false"), RuleCase(#"{">":[{"/":[1,0]},1e300]}"#, "true"),
            RuleCase(#"{"<":[{"max":[1,"x"]},5]}"#, "false"), RuleCase(#"{"<":[{"+":[""]},5]}"#, "false"),
            RuleCase(#"{"<":[{"*":["",1]},5]}"#, "false"), RuleCase(#"{"-":["",1]}"#, "-1"),
            RuleCase(#"{"cat":[{"+":["x"]},{"/":[-1,0]}]}"#, #""NaN-Infinity""#),
        ])
    func notANumber(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "A number that is not one, which only a program can pass, does no harm",
        arguments: ["+", "-", "*", "/", "%", "max", "min", "<", ">", "==", "substr"])
    func passedInNotANumber(operation: String) throws {
        for number in [Double.nan, .infinity, -.infinity] {
            let result = try Rule.apply(
                [operation: [["var": "x"], ["var": "x"], ["var": "x"]]], to: ["x": .number(number)])
            #expect(!result.canonical.isEmpty)
        }
    }
}
