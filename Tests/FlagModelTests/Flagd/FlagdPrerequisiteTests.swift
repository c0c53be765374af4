import FlagModel
import Testing

@Suite("A prerequisite in flagd's language")
struct FlagdPrerequisiteTests {
    /// The export of a flag that requires another, whose rule is `rule`, to answer `on`.
    private static func export(requiring rule: JSONValue, segments: [SegmentName: Segment] = [:]) -> FlagdExport {
        FlagdDocument.export(
            EnvironmentContent(
                flags: [
                    "BASE": Sample.toggle { $0.targeting = rule },
                    "TOP": Sample.toggle {
                        $0.defaultVariant = "on"
                        $0.prerequisites = [Prerequisite(flag: "BASE", variant: "on")]
                    },
                ], segments: segments))
    }

    @Test("The required flag's rule is written out as it stands, its segments by name")
    func keepsSegments() {
        let rule: JSONValue = [
            "if": [["!": ["$ref": "staff"]], "off", ["map": [["var": "x"], ["var": ""]]], "on", nil]
        ]
        let export = Self.export(
            requiring: rule, segments: ["staff": Segment(rule: ["ends_with": [["var": "email"], "@example.com"]])])
        #expect(
            export.document["flags"]?["TOP"]?["targeting"]
                == ["if": [["===": [["or": [rule, "off"]], "on"]], nil, "off"]])
    }

    @Test("What a rule reads of its own key, and what it hashes, are the required flag's")
    func pinsKey() {
        let export = Self.export(
            requiring: [
                "if": [["==": [["var": "$flagd.flagKey"], "BASE"]], ["fractional": [["on", 1], ["off", 1]]], nil]
            ])
        let text = export.document["flags"]?["TOP"]?.canonical ?? ""
        #expect(text.contains(#"{"==":["BASE","BASE"]}"#))
        #expect(text.contains(#"{"fractional":[{"cat":["BASE",{"var":"targetingKey"}]},["on",1],["off",1]]}"#))
        #expect(!text.contains("flagKey"))
    }

    @Test(
        "A rule that works out which attribute it reads may come to its own key, and is refused",
        arguments: [
            ["var": ["cat": ["$flagd.", "flagKey"]]], ["var": [["var": "name"]]], ["var": ["if": [true, ""]]],
        ] as [JSONValue])
    func refusesComputedNames(variable: JSONValue) {
        let refusals = Self.export(requiring: ["if": [["==": [variable, "BASE"]], "on", nil]]).refusals
        #expect(refusals.map(\.flag) == ["TOP"])
        #expect(refusals.first?.reason.contains("works out which attribute it reads") == true)
    }
}
