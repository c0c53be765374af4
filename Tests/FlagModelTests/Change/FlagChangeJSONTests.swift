import FlagModel
import Testing

@Suite("Changes as JSON")
struct FlagChangeJSONTests {
    @Test("Any change reads back as itself")
    func roundTrip() throws {
        var random = SplitMix64(9)
        for _ in 0..<500 {
            let change = random.change()
            // null cannot be told from an absent value, and is no flag's value anyway.
            if case .set(_, .null) = change { continue }
            let text = change.json.canonical
            #expect(try FlagChange(json: try JSONParser.parse(text), at: "changes[0]") == change)
        }
    }

    @Test(
        "The form on the wire is fixed",
        arguments: [
            (.remove("X"), #"{"flag":"X","op":"remove"}"#), (.enable("X"), #"{"flag":"X","op":"enable"}"#),
            (.disable("X"), #"{"flag":"X","op":"disable"}"#), (.kill("X"), #"{"flag":"X","op":"kill"}"#),
            (.serve("X", variant: "on"), #"{"flag":"X","op":"serve","variant":"on"}"#),
            (.set("X", value: 60), #"{"flag":"X","op":"set","value":60}"#),
            (
                .rollout("X", percentage: Sample.share(25), variant: nil),
                #"{"flag":"X","op":"rollout","percentage":25}"#
            ),
            (
                .rollout("X", percentage: Sample.share(0.5), variant: "on"),
                #"{"flag":"X","op":"rollout","percentage":0.5,"variant":"on"}"#
            ),
            (
                .revokeTickets(before: Timestamp(millisecondsSinceEpoch: 0)),
                #"{"before":"1970-01-01T00:00:00.000Z","op":"revokeTickets"}"#
            ),
        ] as [(FlagChange, String)])
    func form(change: FlagChange, text: String) {
        #expect(change.json.canonical == text)
    }

    @Test(
        "A step that is none says where and why",
        arguments: [
            ("[]", "c: expected an object, found an array"), ("{}", "c.op: is missing"),
            (#"{"op":"delete","flag":"X"}"#, "c.op: expected one of"),
            (#"{"op":"kil","flag":"X"}"#, "did you mean kill?"), (#"{"op":1}"#, "c.op: expected a string"),
            (#"{"op":"kill"}"#, "c.flag: is missing"),
            (#"{"op":"kill","flag":"a b"}"#, "c.flag: \"a b\" is not a flag key"),
            (#"{"op":"kill","flag":1}"#, "c.flag: expected a string"),
            (#"{"op":"serve","flag":"X"}"#, "c.variant: is missing"),
            (#"{"op":"serve","flag":"X","variant":true}"#, "c.variant: expected the name of a variant, found true"),
            (#"{"op":"set","flag":"X"}"#, "c.value: is missing"),
            (#"{"op":"rollout","flag":"X"}"#, "c.percentage: is missing"),
            (#"{"op":"rollout","flag":"X","percentage":101}"#, "c.percentage: 101 is not a percentage"),
            (#"{"op":"rollout","flag":"X","percentge":1}"#, "did you mean \"percentage\"?"),
            (#"{"op":"revokeTickets","before":"yesterday"}"#, "c.before: expected an RFC 3339 time"),
            (#"{"op":"revokeTickets"}"#, "c.before: is missing"),
            (#"{"op":"revokeTickets","before":"2026-03-04T05:06:07Z","flag":"X"}"#, "c.flag: unknown member"),
            (#"{"op":"kill","flag":"X","reason":"r"}"#, "c.reason: unknown member"),
            (#"{"op":"put","flag":"X"}"#, "c.definition: is missing"),
            (
                #"{"op":"put","flag":"X","definition":{"type":"boolean","variants":{"a":1},"defaultVariant":"a"}}"#,
                "c.definition.variants.a: expected a boolean"
            ),
        ])
    func refused(text: String, words: String) throws {
        let error = try #require(throws: InvalidDocument.self) {
            try FlagChange(json: try JSONParser.parse(text), at: "c")
        }
        #expect(error.description.contains(words))
    }
}
