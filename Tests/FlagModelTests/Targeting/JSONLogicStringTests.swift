import Testing

@testable import FlagModel

@Suite("JSONLogic: texts")
struct JSONLogicStringTests {
    @Test(
        "cat",
        arguments: [
            RuleCase(#"{"cat":["a","b","c"]}"#, #""abc""#), RuleCase(#"{"cat":"a"}"#, #""a""#),
            RuleCase(#"{"cat":[]}"#, #""""#),
            RuleCase(#"{"cat":["n=",1,", x=",1.5]}"#, #""n=1, x=1.5""#),
            RuleCase(#"{"cat":[1.0,true,false]}"#, #""1truefalse""#),
            RuleCase(#"{"cat":[[1,[2,3]]]}"#, #""1,2,3""#), RuleCase(#"{"cat":[1e21,1e-7]}"#, #""1e+211e-7""#),
            RuleCase(#"{"cat":["Hi ",{"var":"name"}]}"#, #"{"name":"Zoë"}"#, #""Hi Zoë""#),
            RuleCase(#"{"cat":[{}]}"#, #""[object Object]""#),
        ])
    func concatenation(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "substr, from either end",
        arguments: [
            RuleCase(#"{"substr":["jsonlogic",4]}"#, #""logic""#),
            RuleCase(#"{"substr":["jsonlogic",-5]}"#, #""logic""#),
            RuleCase(#"{"substr":["jsonlogic",0,1]}"#, #""j""#), RuleCase(#"{"substr":["jsonlogic",-1,1]}"#, #""c""#),
            RuleCase(#"{"substr":["jsonlogic",4,5]}"#, #""logic""#),
            RuleCase(#"{"substr":["jsonlogic",-5,5]}"#, #""logic""#),
            RuleCase(#"{"substr":["jsonlogic",-5,-2]}"#, #""log""#),
            RuleCase(#"{"substr":["jsonlogic",1,-5]}"#, #""son""#),
            RuleCase(#"{"substr":["jsonlogic",1,-50]}"#, #""""#), RuleCase(#"{"substr":["jsonlogic",99]}"#, #""""#),
            RuleCase(#"{"substr":["jsonlogic",-99,2]}"#, #""js""#), RuleCase(#"{"substr":["jsonlogic",2,0]}"#, #""""#),
            RuleCase(#"{"substr":["jsonlogic",1e300]}"#, #""""#),
            RuleCase(#"{"substr":["jsonlogic",-1e300,1e300]}"#, #""jsonlogic""#),
            RuleCase(#"{"substr":["jsonlogic",0,-9223372036854775808]}"#, #""""#),
            RuleCase(#"{"substr":["jsonlogic",9223372036854775807,9223372036854775807]}"#, #""""#),
            RuleCase(#"{"substr":["jsonlogic","4"]}"#, #""logic""#),
            RuleCase(#"{"substr":["jsonlogic","x"]}"#, #""jsonlogic""#),
            RuleCase(#"{"substr":["jsonlogic",1.9,1.9]}"#, #""s""#), RuleCase(#"{"substr":[12345,1,2]}"#, #""23""#),
            RuleCase(#"{"substr":["abc"]}"#, #""abc""#), RuleCase(#"{"substr":["",0,5]}"#, #""""#),
            RuleCase(#"{"substr":["a\u0301b",1,1]}"#, #""\u0301""#), RuleCase(#"{"substr":["a\r\nb",1,1]}"#, #""\r""#),
            RuleCase(#"{"substr":["zoë@x",2,1]}"#, #""ë""#), RuleCase(#"{"substr":["a😀b",1,1]}"#, #""😀""#),
        ])
    func substring(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "in, within a text",
        arguments: [
            RuleCase(#"{"in":["Spring","Springfield"]}"#, "true"), RuleCase(#"{"in":["field","Springfield"]}"#, "true"),
            RuleCase(#"{"in":["i","team"]}"#, "false"), RuleCase(#"{"in":["Springfields","Springfield"]}"#, "false"),
            RuleCase(#"{"in":[2,"123"]}"#, "true"), RuleCase(#"{"in":["aab","aaab"]}"#, "true"),
            RuleCase(#"{"in":["","a"]}"#, "true"),
            RuleCase(#"{"in":["abab","abacababc"]}"#, "true"), RuleCase(#"{"in":["ë","zoë"]}"#, "true"),
            RuleCase(#"{"in":["e","zoë"]}"#, "false"),
        ])
    func contained(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test(
        "starts_with and ends_with take two texts and nothing else",
        arguments: [
            RuleCase(#"{"starts_with":["abc","ab"]}"#, "true"), RuleCase(#"{"starts_with":["abc","bc"]}"#, "false"),
            RuleCase(#"{"starts_with":["abc",""]}"#, "true"), RuleCase(#"{"starts_with":["ab","abc"]}"#, "false"),
            RuleCase(#"{"starts_with":["1",1]}"#, "null"),
            RuleCase(#"{"starts_with":[{"var":"x"},"a"]}"#, "{}", "null"),
            RuleCase(#"{"starts_with":["a"]}"#, "null"), RuleCase(#"{"starts_with":["a","a","a"]}"#, "null"),
            RuleCase(#"{"ends_with":["abc","bc"]}"#, "true"), RuleCase(#"{"ends_with":["abc","ab"]}"#, "false"),
            RuleCase(#"{"ends_with":["abc",""]}"#, "true"), RuleCase(#"{"ends_with":["bc","abc"]}"#, "false"),
            RuleCase(#"{"ends_with":[1,"1"]}"#, "null"),
            RuleCase(#"{"ends_with":[{"var":"email"},"@example.com"]}"#, #"{"email":"qa@example.com"}"#, "true"),
        ])
    func ends(_ test: RuleCase) throws {
        let outcome = try test.outcome()
        #expect(outcome.result == outcome.expected)
    }

    @Test("log gives its argument and writes nothing")
    func log() throws {
        #expect(try Rule.apply(#"{"log":[{"var":"a"}]}"#, to: #"{"a":[1]}"#) == [1])
    }
}
