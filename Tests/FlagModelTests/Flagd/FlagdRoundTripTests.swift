import Testing

@testable import FlagModel

@Suite("flagd's JSON, out and in")
struct FlagdRoundTripTests {
    @Test("What was exported reads back, and exports as the same text again")
    func stable() throws {
        var random = SplitMix64(909)
        for round in 0..<400 {
            let content = try round == 0 ? FlagdAgreementFlags.content() : random.content()
            guard content.issues.isEmpty else { continue }
            let first = FlagdDocument.export(content)
            let document = try FlagdDocument(json: JSONParser.parse(first.document.canonical))
            let second = FlagdDocument.export(document.content)
            #expect(second.document.canonical == first.document.canonical)
            #expect(second.refusals == [])
        }
    }

    @Test("A rollout comes back as a rollout, whatever its targeting, share and default variant are")
    func rollouts() throws {
        let rules: [JSONValue?] = [
            nil, ["if": [["==": [["var": "plan"], "pro"]], "on", nil]], ["starts_with": [["var": "email"], "a"]],
        ]
        for rule in rules {
            for percent in [0, 0.001, 25, 100] {
                for defaultVariant in ["off", nil] {
                    for by in ["targetingKey", "account"] {
                        let definition = FlagDefinition(
                            type: .string, variants: ["on": "1", "off": "0", "true": "t", "false": "f"],
                            defaultVariant: defaultVariant,
                            rollout: Rollout(variant: "on", percentage: Sample.share(percent), by: by, seed: "s"),
                            targeting: rule)
                        let export = FlagdDocument.export(EnvironmentContent(flags: ["F": definition]))
                        #expect(try FlagdDocument(json: export.document).flags["F"] == definition)
                    }
                }
            }
        }
    }

    @Test("Types come from the variants: whole and broken numbers together are numbers, a written decimal point is one")
    func types() throws {
        let cases: [(String, FlagType)] = [
            (#"{"a":true}"#, .boolean), (#"{"a":"x"}"#, .string), (#"{"a":1,"b":2}"#, .integer),
            (#"{"a":1,"b":2.5}"#, .number), (#"{"a":1.0}"#, .number), (#"{"a":{},"b":[]}"#, .object),
        ]
        for (variants, type) in cases {
            let text = #"{"flags":{"F":{"state":"ENABLED","defaultVariant":"a","variants":\#(variants)}}}"#
            let flag = try FlagdDocument(json: JSONParser.parse(text)).flags["F"]
            #expect(flag?.type == type)
            let again = try FlagdDocument(
                json: FlagdDocument.export(EnvironmentContent(flags: ["F": #require(flag)])).document)
            #expect(again.flags["F"]?.type == type)
        }
    }

    @Test("Metadata and evaluators are kept; a boolean default names the variant spelt like it, an empty one none")
    func kept() throws {
        let document = try FlagdDocument(
            json: JSONParser.parse(
                #"""
                {"$schema":"https://flagd.dev/schema/v0/flags.json","metadata":{"team":"a"},
                 "$evaluators":{"admins":{"in":["@admin",{"var":"email"}]}},
                 "flags":{"F":{"state":"ENABLED","variants":{"true":1,"false":0},"defaultVariant":true,
                   "targeting":{"$ref":"admins"},"metadata":{"version":"7","n":2}},
                  "G":{"state":"DISABLED","variants":{"a":1},"defaultVariant":"","targeting":{}}}}
                """#))
        #expect(document.metadata == ["team": "a"])
        #expect(document.segments["admins"]?.rule == ["in": ["@admin", ["var": "email"]]])
        #expect(document.flags["F"]?.defaultVariant == "true")
        #expect(document.flags["F"]?.metadata == ["version": "7", "n": 2])
        #expect(document.flags["G"]?.defaultVariant == nil)
        #expect(document.flags["G"]?.targeting == nil)
        let exported = FlagdDocument.export(document.content).document
        #expect(exported["$evaluators"]?["admins"] == ["in": ["@admin", ["var": "email"]]])
        #expect(exported["metadata"]?["signalbox.fractional"] == "v2")
        #expect(exported["flags"]?["F"]?["metadata"] == ["version": "7", "n": 2])
    }

    @Test("Every fault is told with its place")
    func faults() throws {
        let text = #"""
            {"metadata":{"signalbox.fractional":"v3","x":[]},"$evaluators":{"bad name":true,"s":{"nonsense":1}},"extra":1,
             "flags":{"A":{"state":"ON","variants":{"a":1,"b":"x"}},"B":{"variants":{}},"no key":{},
              "C":{"state":"ENABLED","variants":{"a":1},"defaultVariant":"z","targeting":{"if":[{"$ref":"gone"},"a"]},"owner":"me"},
              "D":7,"E":{"state":"ENABLED","variants":{"a":1},"targeting":"a"}}}
            """#
        let json = try JSONParser.parse(text)
        do throws(InvalidDocument) {
            _ = try FlagdDocument(json: json)
            Testing.Issue.record("it was accepted")
        } catch {
            let paths = Set(error.issues.map(\.path))
            for path in [
                "metadata.signalbox.fractional", "metadata.x", "extra", "$evaluators.bad name", "$evaluators.s",
                "flags.A.state",
                "flags.A.variants", "flags.B.state", "flags.B.variants", "flags.no key", "flags.C.defaultVariant",
                "flags.C.owner",
                "flags.D", "flags.E.targeting",
            ] {
                #expect(paths.contains(path), "\(path) not in \(paths.sorted())")
            }
        }
    }

    @Test("What flagd's language cannot say is refused with the flag and the reason, and the rest is exported")
    func refusals() throws {
        let dotted = Sample.toggle {
            $0.rollout = Rollout(variant: "on", percentage: Sample.share(5), by: "a.b", seed: "s")
        }
        let whole = Sample.toggle { $0.targeting = ["if": [["var": ""], "on", nil]] }
        let needsWhole = Sample.toggle { $0.prerequisites = [Prerequisite(flag: "whole", variant: "on")] }
        let export = FlagdDocument.export(
            EnvironmentContent(flags: ["dotted": dotted, "whole": whole, "needs": needsWhole, "fine": Sample.toggle()]))
        #expect(export.refusals.map(\.flag) == ["dotted", "needs"])
        #expect(export.refusals.first?.reason.contains("\"a.b\"") == true)
        #expect(
            export.refusals.last?.description.contains("flag needs cannot be exported to flagd: the rule of whole")
                == true)
        #expect(Set(export.document["flags"]?.objectValue?.keys.map { $0 } ?? []) == ["whole", "fine"])
    }

    @Test("Segments become evaluators; one whose text a replacement would garble is written out where it is named")
    func segments() throws {
        let content = EnvironmentContent(
            flags: ["F": Sample.toggle { $0.targeting = ["if": [["$ref": "a"], "on", ["$ref": "keyed"], "on", nil]] }],
            segments: [
                "a": Segment(rule: ["!": [["$ref": "b"]]]), "b": Segment(rule: ["==": [["var": "x"], 1]]),
                "keyed": Segment(rule: ["==": [["var": "$flagd.flagKey"], "F"]]),
            ])
        let document = FlagdDocument.export(content).document
        #expect(
            document["$evaluators"] == ["a": ["!": [["==": [["var": "x"], 1]]]], "b": ["==": [["var": "x"], 1]]])
        #expect(
            document["flags"]?["F"]?["targeting"]
                == ["if": [["$ref": "a"], "on", ["==": [["var": "$flagd.flagKey"], "F"]], "on", nil]])
    }

    @Test("A segment that is a list stays one argument where it is written out")
    func listSegment() {
        let content = EnvironmentContent(
            flags: ["F": Sample.toggle { $0.targeting = ["if": [["!!": ["$ref": "none"]], "on", ["$ref": "none"]]] }],
            segments: ["none": Segment(rule: [])])
        #expect(
            FlagdDocument.export(content).document["flags"]?["F"]?["targeting"] == ["if": [["!!": [[]]], "on", []]])
    }

    @Test("A killed flag is exported as its safe variant for everyone, and so is one that requires it")
    func killed() throws {
        let killed = Sample.toggle {
            $0.isKilled = true
            $0.defaultVariant = "on"
            $0.targeting = ["var": "x"]
        }
        var needs = killed
        needs.isKilled = false
        needs.prerequisites = [Prerequisite(flag: "killed", variant: "off")]
        let document = FlagdDocument.export(EnvironmentContent(flags: ["killed": killed, "needs": needs])).document
        for key in ["killed", "needs"] {
            #expect(document["flags"]?[key]?["defaultVariant"] == "off")
            #expect(document["flags"]?[key]?["targeting"] == nil)
        }
    }

    @Test("Whatever JSON is imported, it reads or every fault has a message", .timeLimit(.minutes(1)))
    func anyJSON() {
        var random = SplitMix64(5150)
        for _ in 0..<1500 {
            var flag = random.members(depth: 2)
            if random.chance(80) { flag["state"] = "ENABLED" }
            if random.chance(80) { flag["variants"] = .object(random.members(depth: 1)) }
            if random.chance(60) { flag["targeting"] = random.rule(depth: 3) }
            let json: JSONValue =
                random.chance(20)
                ? random.json()
                : [
                    "flags": ["F": .object(flag), "G": random.json(depth: 3)],
                    "$evaluators": ["s": random.rule(depth: 3)],
                ]
            do throws(InvalidDocument) {
                let document = try FlagdDocument(json: json)
                _ = FlagdDocument.export(document.content)
            } catch {
                #expect(!error.issues.isEmpty)
                #expect(error.issues.allSatisfy { !$0.message.isEmpty })
            }
        }
    }
}
