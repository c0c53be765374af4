import FlagModel
import Testing

@Suite("Canonical JSON (RFC 8785)")
struct JSONCanonicalTests {
    @Test(
        "The numbers of RFC 8785, appendix B",
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
            (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
            (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
            (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
            (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
            (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
            (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
            (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func publishedNumbers(bits: UInt64, text: String) {
        #expect(JSONValue.number(Double(bitPattern: bits)).canonical == text)
    }

    @Test("The example of RFC 8785, section 3.2.2")
    func publishedExample() throws {
        let text = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        #expect(
            try JSONParser.parse(text).canonical
                == #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
                + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#)
    }

    @Test("Keys sort by their UTF-16 code units (RFC 8785, section 3.2.3)")
    func publishedSorting() throws {
        let value: JSONValue = [
            "\u{20AC}": "Euro Sign", "\r": "Carriage Return", "\u{FB33}": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\u{1F600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{F6}": "Latin Small Letter O With Diaeresis",
        ]
        #expect(
            value.canonical
                == "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\","
                + "\"\u{F6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20AC}\":\"Euro Sign\","
                + "\"\u{1F600}\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}")
    }

    @Test("Only what JSON demands is escaped, the short way where there is one")
    func escapes() {
        let controls = String(String.UnicodeScalarView((0..<0x20).compactMap(Unicode.Scalar.init(_:))))
        #expect(
            JSONValue.string(controls + "\"\\/\u{7F}\u{2028}é").canonical
                == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
                + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"#
                + "\\\"\\\\/\u{7F}\u{2028}é\"")
    }

    @Test("Parsing canonical text gives the value back, and its canonical text is the same")
    func roundTrip() throws {
        var random = SplitMix64(8785)
        for _ in 0..<2000 {
            let value = random.json()
            let text = value.canonical
            let parsed = try JSONParser.parse(text)
            #expect(parsed == value)
            #expect(parsed.canonical == text)
            #expect(try JSONParser.parse(value.pretty) == value)
        }
    }

    @Test("Any double reads back as the same double")
    func doubles() throws {
        var random = SplitMix64(754)
        for _ in 0..<5000 {
            let value = random.finiteDouble()
            #expect(try JSONParser.parse(JSONValue.number(value).canonical).doubleValue == value)
        }
    }

    @Test("What people read is indented by two and ordered alike")
    func pretty() {
        let value: JSONValue = ["b": [1, [:], []], "a": ["c": nil]]
        #expect(
            value.pretty
                == """
                {
                  "a": {
                    "c": null
                  },
                  "b": [
                    1,
                    {},
                    []
                  ]
                }
                """)
    }
}
