import FlagModel
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "A text names its moment",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1), ("1969-12-31T23:59:59.999Z", -1),
            ("2026-03-04T05:06:07.089Z", 1_772_600_767_089), ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2026-03-04T05:06:07Z", 1_772_600_767_000), ("2026-03-04t05:06:07z", 1_772_600_767_000),
            ("2026-03-04T06:06:07+01:00", 1_772_600_767_000), ("2026-03-03T23:36:07-05:30", 1_772_600_767_000),
            ("2026-03-04T05:06:07.1Z", 1_772_600_767_100), ("2026-03-04T05:06:07.123456789Z", 1_772_600_767_123),
            ("2026-03-04T05:06:07.999999999Z", 1_772_600_767_999), ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("2026-03-04T05:06:07-00:00", 1_772_600_767_000),
        ] as [(String, Int64)])
    func reading(text: String, milliseconds: Int64) {
        #expect(Timestamp(text)?.millisecondsSinceEpoch == milliseconds)
    }

    @Test(
        "What is not an RFC 3339 time is refused",
        arguments: [
            "", "2026", "2026-03-04", "2026-03-04T05:06:07", "2026-03-04 05:06:07Z", "2026-3-4T05:06:07Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-03-04T24:00:00Z", "2026-03-04T05:60:07Z", "2026-03-04T05:06:60Z", "2026-03-04T05:06Z",
            "2026-03-04T05:06:07.Z",
            "2026-03-04T05:06:07.1234567890Z", "2026-03-04T05:06:07ZZ", "2026-03-04T05:06:07 Z",
            "2026-03-04T05:06:07+01",
            "2026-03-04T05:06:07+0100", "2026-03-04T05:06:07+24:00", "2026-03-04T05:06:07+01:60",
            "2026-03-04T05:06:07,5Z",
            "+2026-03-04T05:06:07Z", "-026-03-04T05:06:07Z", "12026-03-04T05:06:07Z", "２０２６-03-04T05:06:07Z",
            "2026-03-04T05:06:07.٣Z",
            "1772600767089", "2026-03-04T05:06:07+01:00Z", "2026-03-04T05:06:07.", "2026-03-04T05:06:07.5",
        ])
    func refusals(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(
        "A moment that its offset carries out of the years 0000 to 9999 is refused, as it could not be written",
        arguments: ["9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+00:01"])
    func outOfRange(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("What was written reads back, at any millisecond of ten thousand years")
    func roundTrip() {
        var random = SplitMix64(3339)
        for _ in 0..<3000 {
            let moment = Timestamp(
                millisecondsSinceEpoch: Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random))
            #expect(Timestamp(moment.description) == moment)
            #expect(moment.description.utf8.count == 24)
        }
    }

    @Test("Every day of four hundred years has the date after the day before")
    func everyDay() {
        var previous = ""
        for day in 0..<Int64(146_097) {
            let text = String(
                Timestamp(millisecondsSinceEpoch: day * 86_400_000 - 62_135_596_800_000).description.prefix(10))
            #expect(text > previous)
            previous = text
        }
        #expect(previous == "0400-12-31")
    }

    @Test("Moments sort as their texts do, and differ by their milliseconds")
    func arithmetic() {
        let earlier = Timestamp(millisecondsSinceEpoch: 1000)
        let later = earlier.advanced(byMilliseconds: 250)
        #expect(earlier < later)
        #expect(later.milliseconds(since: earlier) == 250)
        #expect(earlier.milliseconds(since: later) == -250)
        #expect(later.secondsSinceEpoch == 1.25)
    }

    @Test("Arithmetic at the ends of time stays there instead of trapping")
    func saturation() {
        let end = Timestamp(millisecondsSinceEpoch: .max)
        let beginning = Timestamp(millisecondsSinceEpoch: .min)
        #expect(end.advanced(byMilliseconds: 1) == end)
        #expect(beginning.advanced(byMilliseconds: -1) == beginning)
        #expect(end.milliseconds(since: beginning) == .max)
        #expect(beginning.milliseconds(since: end) == .min)
        #expect(!end.description.isEmpty && !beginning.description.isEmpty)
    }
}
