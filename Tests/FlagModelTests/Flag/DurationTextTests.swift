import FlagModel
import Testing

@Suite("Durations as people write them")
struct DurationTextTests {
    @Test(
        "A count and a unit are so many seconds",
        arguments: [("0s", 0), ("90s", 90), ("10m", 600), ("2h", 7200), ("1d", 86_400), ("007s", 7)]
            as [(String, Int64)])
    func reading(text: String, seconds: Int64) {
        #expect(Duration.seconds(parsing: text) == seconds)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "s", "10", "10x", "-1s", "+1s", "-0s", "1.5h", " 1s", "1s ", "1 s", "1hm", "1h30m", "1H", "١s",
            "5\u{600}s", "5\u{301}s",
            "9223372036854775808s", "9223372036854775807m", "99999999999999999999d",
        ])
    func refused(text: String) {
        #expect(Duration.seconds(parsing: text) == nil)
    }

    @Test(
        "What was written reads back", arguments: [0, 1, 59, 60, 61, 3599, 3600, 5400, 86_400, 90_000, .max] as [Int64])
    func roundTrip(seconds: Int64) {
        #expect(Duration.seconds(parsing: Duration.text(seconds: seconds)) == seconds)
    }

    @Test("The largest unit that fits is used")
    func units() {
        #expect(
            [600, 7200, 86_400, 90, 0].map(Duration.text(seconds:)) == ["10m", "2h", "1d", "90s", "0s"])
    }
}
