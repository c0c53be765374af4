import FlagAPI
import FlagModel
import Testing

@Suite("YAML is read as the JSON it stands for, and written so that it reads back")
struct YAMLDocumentTests {
    private func fault(in text: String) -> YAMLSyntaxError? {
        #expect(throws: YAMLSyntaxError.self) { try YAMLDocument.parse(text) }
    }

    @Test("Unquoted on and off are strings as keys, where YAML 1.1 makes booleans of them")
    func keysAreLiteral() throws {
        let value = try YAMLDocument.parse("variants: { on: true, off: false, yes: 1, no: 2, null: 3, 10: 4, 1.50: 5 }")
        #expect(
            value == [
                "variants": ["on": true, "off": false, "yes": 1, "no": 2, "null": 3, "10": 4, "1.50": 5]
            ])
    }

    @Test(
        "Unquoted scalars mean what YAML 1.2 says",
        arguments: [
            ("on", "on"), ("off", "off"), ("yes", "yes"), ("No", "No"), ("y", "y"),
            ("true", true), ("False", false), ("~", nil), ("", nil), ("null", nil),
            ("30", 30), ("-7", -7), ("+7", 7), ("0o17", 15), ("0x1F", 31), ("007", 7),
            ("0.5", 0.5), (".5", 0.5), ("1.", .number(1)), ("1e3", .number(1000)), ("-2.5E-1", -0.25),
            ("1.e2", .number(100)),
            ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("1_000", "1_000"), ("1:30", "1:30"), ("2026-03-04", "2026-03-04"), ("e5", "e5"), (".", "."), ("-", nil),
            ("0x", "0x"), ("0x-1", "0x-1"), ("12abc", "12abc"), ("1.2.3", "1.2.3"), ("+", "+"), (".e3", ".e3"),
        ] as [(String, JSONValue)])
    func plainScalars(text: String, expected: JSONValue) throws {
        // A lone dash begins a sequence.
        let wanted: JSONValue = text == "-" ? [nil] : expected
        #expect(try YAMLDocument.parse("v:\n  \(text)\n")["v"] == wanted)
    }

    @Test("Quoted scalars, literal and folded blocks are strings, whatever they spell")
    func quotedScalars() throws {
        let value = try YAMLDocument.parse("a: \"30\"\nb: 'true'\nc: |\n  12\nd: >-\n  null\ne: ''\n")
        #expect(value == ["a": "30", "b": "true", "c": "12\n", "d": "null", "e": ""])
    }

    @Test("Explicit tags choose the type; a scalar that is not of it is refused")
    func explicitTags() throws {
        #expect(
            try YAMLDocument.parse("[!!str 30, !!int 30, !!float 30, !!bool true, !!null ~]") == [
                "30", 30, 30, true, nil,
            ])
        #expect(self.fault(in: "a: !!int abc")?.line == 1)
        #expect(self.fault(in: "a:\n  b: !mine 3")?.reason.contains("!mine") == true)
    }

    @Test("Anchors and aliases are expanded")
    func anchors() throws {
        let value = try YAMLDocument.parse("a: &toggle { on: true, off: false }\nb: *toggle\nc: [&n 5, *n]\n")
        #expect(value["b"] == ["on": true, "off": false])
        #expect(value["c"] == [5, 5])
    }

    @Test("A few lines of aliases cannot grow into billions of values")
    func aliasBomb() {
        let lines = (1...9).map { level in
            "l\(level): &l\(level) [" + Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", ") + "]"
        }
        let text = "l0: &l0 [x, x, x, x, x, x, x, x, x]\n" + lines.joined(separator: "\n")
        #expect(self.fault(in: text)?.reason.contains("more than 1000000 values") == true)
    }

    @Test("Nesting is limited as in JSON")
    func depth() throws {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        _ = try YAMLDocument.parse(nested(64))
        #expect(self.fault(in: nested(100))?.reason == "nested deeper than 64 levels")
        #expect(self.fault(in: nested(5000)) != nil)
    }

    @Test("A key that stands twice is refused with its line, however it is quoted")
    func duplicateKeys() {
        let error = self.fault(in: "flags:\n  A: 1\n  B: 2\n  A: 3\n")
        #expect(error?.description == "line 2, column 3: the key \"A\" stands twice in one mapping")
        #expect(self.fault(in: "on: 1\n\"on\": 2\n")?.reason == "the key \"on\" stands twice in one mapping")
        #expect(self.fault(in: "{\"a\": {\"b\": 1, \"b\": 1}}")?.line == 1)
    }

    @Test(
        "A fault names line and column",
        arguments: [
            ("a: 1\nb: [1, 2\nc: 3\n", 3), ("a: 1\n\tb: 2\n", 2), ("a: 1\n  b: 2\n", 2), ("a:\n  - 1\n b: 2\n", 3),
            ("a: 1\nb: .inf\n", 2), ("a: 1\nb: 1e999\n", 2), ("a: *nobody\n", 1), ("a: 1\n---\nb: 2\n", 2),
            ("a: 1\n? [x]\n: 2\n", 2), ("a: 1\n<<: { b: 2 }\n", 2), ("a: \"cut off\n", 2), ("", 1), ("# nothing\n", 1),
            ("a: 1\nb: \u{1}\n", 2), ("a: @x\n", 1), ("é: 1\nb: %x\n", 2),
        ])
    func faults(text: String, line: Int) {
        let error = self.fault(in: text)
        #expect(error?.line == line, "\(error?.description ?? "")")
        #expect(error?.reason.isEmpty == false)
    }

    @Test("JSON is YAML")
    func json() throws {
        let text = #"{"a": [1, 2.5, true, null, "on", "\u00e9\n"], "b": {}, "c": []}"#
        #expect(try YAMLDocument.parse(text) == JSONParser.parse(text))
    }

    @Test("Written YAML is small, sorted and quoted where a reader could err")
    func golden() {
        let value: JSONValue = [
            "environment": "development",
            "description": "Where changes are tried: first",
            "protected": false,
            "flags": [
                "TTL": [
                    "type": "integer", "variants": ["default": 30], "defaultVariant": "default",
                    "constraints": ["minimum": 1, "maximum": 3600], "metadata": [:],
                ],
                "TICKETS": [
                    "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                    "targeting": ["if": [["in": [["var": "email"], ["qa@example.com"]]], "on", nil]],
                ],
            ],
            "list": [["name": "a", "deep": ["x": ["y": 1, "z": "2"]]], "5", 5, "", "null", "- dash"],
        ]
        #expect(
            YAMLDocument.emit(value) == """
                description: "Where changes are tried: first"
                environment: development
                flags:
                  TICKETS:
                    defaultVariant: "off"
                    targeting: { if: [{ in: [{ var: email }, ["qa@example.com"]] }, "on", null] }
                    type: boolean
                    variants: { "off": false, "on": true }
                  TTL:
                    constraints: { maximum: 3600, minimum: 1 }
                    defaultVariant: default
                    metadata: {}
                    type: integer
                    variants: { default: 30 }
                list:
                  - deep:
                      x: { "y": 1, z: "2" }
                    name: a
                  - "5"
                  - 5
                  - ""
                  - "null"
                  - "- dash"
                protected: false

                """)
    }

    @Test("Whatever is written reads back the same", arguments: 0..<300)
    func roundTrip(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        let value = Self.random(using: &generator, depth: 0)
        let text = YAMLDocument.emit(value)
        #expect(try YAMLDocument.parse(text) == value, "\(text)")
    }

    private static let awkward = [
        "", " ", "on", "Off", "yes", "n", "true", "null", "~", "30", "-1", "1e3", ".5", "0x1F", "1_000", "12:30:45",
        "2026-03-04", "a: b", "a #b", "#a", "- a", "? a", "[a", "{a}", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a",
        "'a'", "\"a\"", "a\nb", "a\n", "\ta", "a\\b", "é", "日本", "🎉", "\u{85}", "\u{2028}", "a\u{FEFF}", "\u{7F}",
        "\u{1}", "a ", " a", "<<", "=", "---", "...", "plain words", "a/b.c-d_e", "e5", "=x", "\r\n",
    ]

    private static func random(using generator: inout SplitMix, depth: Int) -> JSONValue {
        let text = { (generator: inout SplitMix) in Self.awkward.randomElement(using: &generator) ?? "" }
        switch Int.random(in: 0..<(depth > 4 ? 6 : 9), using: &generator) {
        case 0: return nil
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(.random(in: .min ... .max, using: &generator))
        case 3: return .number(Double.random(in: -1e6...1e6, using: &generator) + 0.5 / 3)
        case 4, 5: return .string(text(&generator))
        case 6:
            return .array(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                    Self.random(using: &generator, depth: depth + 1)
                })
        default:
            return .object(
                Dictionary(
                    (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                        (text(&generator), Self.random(using: &generator, depth: depth + 1))
                    }
                ) { $1 })
        }
    }

    /// The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var z = self.state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
